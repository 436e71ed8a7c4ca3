"""Hours and pounds of joint work, grants and bids."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome
from schoolsim.system.state.ledger import (
    BIDDING,
    BIDS,
    BIDS_WON_SKILL,
    COVER,
    GRANTED,
    HOME,
    JOINT,
    RETURNED,
    TRAVEL,
    UNCLAIMED,
)

OUTCOMES = (
    Outcome("hours.joint", "hours/year", "Hours of joint work, both sides, all teachers.", Account("hours", JOINT), "years"),
    Outcome("hours.travel", "hours/year", "Hours of travel to joint work.", Account("hours", TRAVEL), "years"),
    Outcome("hours.bidding", "hours/year", "Leaders' hours spent on bids.", Account("hours", BIDDING), "years"),
    Outcome("pounds.granted", "pounds/year", "Money granted.", Account("pounds", GRANTED), "years"),
    Outcome("pounds.cover", "pounds/year", "Money spent on cover for joint work.", Account("pounds", COVER), "years"),
    Outcome("pounds.home", "pounds/year", "Money an originator kept for its own school.", Account("pounds", HOME), "years"),
    Outcome("pounds.returned", "pounds/year", "Money that bought nothing and went back.", Account("pounds", RETURNED), "years"),
    Outcome("pounds.unclaimed", "pounds/year", "Money of a central fund that nobody claimed.", Account("pounds", UNCLAIMED), "years"),
    Outcome("bids.made", "bids/year", "Bids made for the fund.", Account("counts", BIDS), "years"),
    Outcome("bids.skill", "level/year", "Bidding skill of winners less that of all bidders, sum over rounds.", Account("counts", BIDS_WON_SKILL), "years"),
)  # fmt: skip
