"""The shape of the network of ties between schools, and networks of schools that meet."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.system.state.ledger import FACILITATOR, MEETINGS

IN_PASS = Pass("networks")

OUTCOMES = (
    Outcome("network.density", "share", "Ties there are, of all there could be within authorities.", IN_PASS, label="Density of ties", phrase="the density of ties between schools"),
    Outcome("network.reach", "share", "Schools of the authority a school can reach in two steps of the network of ties, mean.", IN_PASS, label="Schools within two steps", phrase="the share of schools within two steps of a school"),
    Outcome("network.clustering", "share", "Pairs of schools with a common neighbour that are tied themselves (transitivity).", IN_PASS, label="Clustering of ties (transitivity)", phrase="the clustering of ties (transitivity)"),
    Outcome("network.hubs", "Gini", "How far ties are in few hands: Gini coefficient of schools' numbers of ties.", IN_PASS, label="Concentration of ties in hubs", phrase="the concentration of ties in few schools"),
    Outcome("network.holes", "share", "Structural holes: Burt's effective size over number of ties, mean over schools that have any.", IN_PASS, label="Structural holes around schools", phrase="the reach of schools' ties across structural holes"),
    Outcome("network.isolated", "share", "Schools with neither a partnership nor a tie of trust one half or more.", IN_PASS, label="Isolated schools", phrase="the share of schools that are isolated"),
    Outcome("networks.led", "networks", "Networks that somebody leads.", IN_PASS, label="Networks with a leader", phrase="the number of networks with a leader"),
    Outcome("networks.news", "level", "How well members of a network know who of them is good at what, mean over networks.", IN_PASS, label="Members' knowledge of each other", phrase="members' knowledge of who in their network is good at what"),
    Outcome("hours.meetings", "hours/year", "Hours of network meetings, visits of heads and gatherings, with their travel and arranging.", Account("hours", MEETINGS), "years", label="Time in network meetings and visits", phrase="the time spent in network meetings, visits and gatherings"),
    Outcome("pounds.facilitator", "pounds/year", "Money spent on facilitators.", Account("pounds", FACILITATOR), "years", label="Money spent on facilitators", phrase="the money spent on facilitators"),
)  # fmt: skip
