"""The shape of the network of ties between schools, and networks of schools that meet."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.system.state.ledger import FACILITATOR, MEETINGS

IN_PASS = Pass("networks")

OUTCOMES = (
    Outcome("network.density", "share", "Ties there are, of all there could be within authorities.", IN_PASS),
    Outcome("network.reach", "share", "Schools of the authority a school can reach in two steps of the network of ties, mean.", IN_PASS),
    Outcome("network.clustering", "share", "Pairs of schools with a common neighbour that are tied themselves (transitivity).", IN_PASS),
    Outcome("network.hubs", "Gini", "How far ties are in few hands: Gini coefficient of schools' numbers of ties.", IN_PASS),
    Outcome("network.holes", "share", "Structural holes: Burt's effective size over number of ties, mean over schools that have any.", IN_PASS),
    Outcome("network.isolated", "share", "Schools with neither a partnership nor a tie of trust one half or more.", IN_PASS),
    Outcome("networks.led", "networks", "Networks that somebody leads.", IN_PASS),
    Outcome("networks.news", "level", "How well members of a network know who of them is good at what, mean over networks.", IN_PASS),
    Outcome("hours.meetings", "hours/year", "Hours of network meetings, visits of heads and gatherings, with their travel and arranging.", Account("hours", MEETINGS), "years"),
    Outcome("pounds.facilitator", "pounds/year", "Money spent on facilitators.", Account("pounds", FACILITATOR), "years"),
)  # fmt: skip
