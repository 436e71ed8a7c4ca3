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
    "developing": DEVELOPING,
    "following": FOLLOWING,
    "coaching": COACHING,
}
POUNDS: Final = {"granted": GRANTED, "cover": COVER, "home": HOME, "returned": RETURNED}

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
COUNTS: Final = {
    "transfers": TRANSFERS, "begun": BEGUN, "ended": ENDED, "created": CREATED, "approaches": APPROACHES,
    "approaches_cold": APPROACHES_COLD, "accepted": ACCEPTED, "accepted_cold": ACCEPTED_COLD,
    "introduced": INTRODUCED, "disclosed": DISCLOSED, "focuses": FOCUSES, "informal": INFORMAL,
    "outlived": OUTLIVED, "tasks_done": TASKS_DONE,
}  # fmt: skip

ROWS: Final = 24


def open_half_term(hours: np.ndarray, pounds: np.ndarray, counts: np.ndarray) -> None:
    """Begin a half-term with empty accounts."""
    for account in (hours, pounds, counts):
        account[:] = 0.0


def hours_balance(hours: np.ndarray) -> float:
    """Hours granted and bought less hours used or left: 0 but for rounding."""
    return float(
        hours[GRANTED]
        + hours[BOUGHT]
        - hours[[JOINT, TRAVEL, ARRANGING, UNUSED]].sum()
        - hours[[DEVELOPING, FOLLOWING, COACHING]].sum()
    )


def pounds_balance(pounds: np.ndarray) -> float:
    """Pounds granted less pounds used or returned: 0 but for rounding."""
    return float(pounds[GRANTED] - pounds[[COVER, HOME, RETURNED]].sum())
