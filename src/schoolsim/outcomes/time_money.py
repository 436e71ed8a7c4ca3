"""Hours and pounds of joint work, grants and bids."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome
from schoolsim.system.state.ledger import (
    BIDDING,
    BIDS,
    BIDS_WON_SKILL,
    COVER,
    GIVEN_BACK,
    GRANTED,
    HELD_BACK,
    HOME,
    JOINT,
    RETURNED,
    TRAVEL,
    UNCLAIMED,
)

OUTCOMES = (
    Outcome("hours.joint", "hours/year", "Hours of joint work, both sides, all teachers.", Account("hours", JOINT), "years", label="Time in joint work", phrase="the time spent in joint work"),
    Outcome("hours.travel", "hours/year", "Hours of travel to joint work.", Account("hours", TRAVEL), "years", label="Time spent on travel", phrase="the time spent on travel"),
    Outcome("hours.bidding", "hours/year", "Leaders' hours spent on bids.", Account("hours", BIDDING), "years", label="Time spent on bids", phrase="the time leaders spend on bids"),
    Outcome("pounds.granted", "pounds/year", "Money granted.", Account("pounds", GRANTED), "years", label="Money granted", phrase="the money granted"),
    Outcome("pounds.cover", "pounds/year", "Money spent on cover for joint work.", Account("pounds", COVER), "years", label="Money spent on cover", phrase="the money spent on cover for joint work"),
    Outcome("pounds.home", "pounds/year", "Money an originator kept for its own school.", Account("pounds", HOME), "years", label="Money originators keep at home", phrase="the money originators keep for their own schools"),
    Outcome("pounds.returned", "pounds/year", "Money that bought nothing and went back.", Account("pounds", RETURNED), "years", label="Money returned unspent", phrase="the money returned unspent"),
    Outcome("pounds.held_back", "pounds/year", "Money that academy trusts and federations hold back of their schools' budgets for joint work.", Account("pounds", HELD_BACK), "years", label="Money in trusts' common purses", phrase="the money that trusts hold back for joint work"),
    Outcome("pounds.given_back", "pounds/year", "Of that, money that bought nothing and went back to the schools.", Account("pounds", GIVEN_BACK), "years", label="Money given back by trusts", phrase="the money that trusts give back unspent"),
    Outcome("pounds.unclaimed", "pounds/year", "Money of a central fund that nobody claimed.", Account("pounds", UNCLAIMED), "years", label="Central money never claimed", phrase="the central money that nobody claims"),
    Outcome("bids.made", "bids/year", "Bids made for the fund.", Account("counts", BIDS), "years", label="Bids made a year", phrase="the number of bids made a year"),
    Outcome("bids.skill", "level/year", "Bidding skill of winners less that of all bidders, sum over rounds.", Account("counts", BIDS_WON_SKILL), "years", label="Winners' lead in bidding skill", phrase="the winners' lead in bidding skill"),
)  # fmt: skip
