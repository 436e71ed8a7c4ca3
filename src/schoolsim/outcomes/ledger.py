"""Rows of the ledger: every hour and pound is granted once and used, returned or lost once."""

from __future__ import annotations

from typing import Final

import numpy as np

# Hours and pounds.
GRANTED: Final = 0
BOUGHT: Final = 1
JOINT: Final = 2
TRAVEL: Final = 3
ARRANGING: Final = 4
UNUSED: Final = 5
HOME: Final = 6
RETURNED: Final = 7
COVER: Final = 8
# Uses of leaders' hours and of money by policy (rows 40 and on in both accounts).
BIDDING: Final = 40
INSPECTED: Final = 41
EVALUATED: Final = 42
ACCREDITED: Final = 43
UNCLAIMED: Final = 44
TOLD: Final = 45
MEETINGS: Final = 16  # of networks, and gatherings
BROKERAGE: Final = 17
AT_HOME: Final = 18  # an advanced skills teacher's, in the own school
CONTACT: Final = 19  # keeping in touch at a distance
FACILITATOR: Final = 16
DEVELOPING: Final = 12  # training, enquiry, analysis of needs
FOLLOWING: Final = 13  # contact after the task
COACHING: Final = 14  # of colleagues, by advanced skills teachers
HOURS: Final = {
    "granted": GRANTED,
    "bought": BOUGHT,
    "joint": JOINT,
    "travel": TRAVEL,
    "arranging": ARRANGING,
    "unused": UNUSED,
    "bidding": BIDDING,
    "inspection": INSPECTED,
    "evaluation": EVALUATED,
    "accreditation": ACCREDITED,
    "meetings": MEETINGS,
    "brokerage": BROKERAGE,
    "at_home": AT_HOME,
    "contact": CONTACT,
    "developing": DEVELOPING,
    "following": FOLLOWING,
    "coaching": COACHING,
}
POUNDS: Final = {
    "granted": GRANTED, "cover": COVER, "home": HOME, "returned": RETURNED, "unclaimed": UNCLAIMED,
    "evaluation": EVALUATED, "accreditation": ACCREDITED, "telling": TOLD, "facilitator": FACILITATOR,
}  # fmt: skip

# Counts of events.
TRANSFERS: Final = 0
BEGUN: Final = 1
ENDED: Final = 2
CREATED: Final = 3
APPROACHES: Final = 4
APPROACHES_COLD: Final = 5
ACCEPTED: Final = 6
ACCEPTED_COLD: Final = 7
INTRODUCED: Final = 8
DISCLOSED: Final = 9
FOCUSES: Final = 10
INFORMAL: Final = 11
OUTLIVED: Final = 12
TASKS_DONE: Final = 13
MODES_BEGUN: Final = 14  # and the three rows after it, one a mode
BIDS: Final = 40
BIDS_WON_SKILL: Final = 41  # mean skill of winners less that of all bidders
STOPPED: Final = 42
STOPPED_WRONGLY: Final = 43
AWARDS: Final = 44
REQUESTS: Final = 45
REQUESTS_COLD: Final = 46
RESETS: Final = 47
BLOCKED: Final = 48
HEADS_TIES: Final = 49
JUDGED: Final = 50
TURNED: Final = 51
DRIFTED: Final = 52
MET: Final = 32  # meetings of networks
FALLEN_OUT: Final = 33
MADE_UP: Final = 34
UNTOLD: Final = 35  # needs a broker was not told
COUNTS: Final = {
    "transfers": TRANSFERS, "begun": BEGUN, "ended": ENDED, "created": CREATED, "approaches": APPROACHES,
    "approaches_cold": APPROACHES_COLD, "accepted": ACCEPTED, "accepted_cold": ACCEPTED_COLD,
    "introduced": INTRODUCED, "disclosed": DISCLOSED, "focuses": FOCUSES, "informal": INFORMAL,
    "outlived": OUTLIVED, "tasks_done": TASKS_DONE, "bids": BIDS, "stopped": STOPPED,
    "stopped_wrongly": STOPPED_WRONGLY, "awards": AWARDS, "requests": REQUESTS, "requests_cold": REQUESTS_COLD,
    "resets": RESETS, "blocked": BLOCKED, "heads_ties": HEADS_TIES, "judged": JUDGED, "turned": TURNED,
    "drifted": DRIFTED, "met": MET, "fallen_out": FALLEN_OUT, "made_up": MADE_UP, "untold": UNTOLD,
}  # fmt: skip

_HOURS_USED: Final = [row for name, row in HOURS.items() if name not in ("granted", "bought")]
_POUNDS_USED: Final = [row for name, row in POUNDS.items() if name != "granted"]

ROWS: Final = 64


def open_half_term(hours: np.ndarray, pounds: np.ndarray, counts: np.ndarray) -> None:
    """Begin a half-term with empty accounts."""
    for account in (hours, pounds, counts):
        account[:] = 0.0


def hours_balance(hours: np.ndarray) -> float:
    """Hours granted and bought less hours used or left: 0 but for rounding."""
    return float(hours[GRANTED] + hours[BOUGHT] - hours[_HOURS_USED].sum())


def pounds_balance(pounds: np.ndarray) -> float:
    """Pounds granted less pounds used or returned: 0 but for rounding."""
    return float(pounds[GRANTED] - pounds[_POUNDS_USED].sum())
