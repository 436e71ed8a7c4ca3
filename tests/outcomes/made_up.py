"""Three schools, four teachers, three ties and two partnerships whose outcomes can be worked out on paper."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.outcomes import ledger as accounts
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.measuring import measure
from schoolsim.system.state import Partnerships, Schools, Teachers, Ties, columns

POINTS, HARM, HALF_TERM = 10.0, 0.5, 8


def filled(group: type, rows: int, **values: list[float]) -> np.ndarray:
    """A group of columns with some of them set."""
    made = columns(group, rows)
    for name, column in values.items():
        made[name] = column
    return made


def schools(**changes: list[float]) -> np.ndarray:
    """An originator, a partner and one outside the programme."""
    usual = {
        "roll": [100.0, 200.0, 100.0], "poor": [40.0, 20.0, 20.0], "progress": [0.1, 0.2, -0.1],
        "progress_start": [0.05, 0.3, 0.0], "published": [60.0, 40.0, 50.0], "role": [1, 2, 0], "needy": [0, 1, 0],
        "originated": [1, 0, 1],
    }  # fmt: skip
    return filled(Schools, 3, **(usual | changes))


def measured(table: np.ndarray, **changes: np.ndarray) -> dict[str, float]:
    """Every outcome of the three schools."""
    groups = {
        "teachers": filled(
            Teachers, 4, school=[0, 0, 1, 2], out=[0.0, 2.0, 4.0, 2.0], confidence=[0.2, 0.4, 0.6, 0.8],
            pairs=[1, 0, 0, 0], best_tie=[-1, -1, 3, 0],
        ),
        "mastery": np.array(
            [[0.5, 0.4, 1.0], [0.0, 0.0, 0.0], [0.49, 0.5, 0.6], [1.0, 1.0, 1.0]], dtype=np.float32
        ),
        "ties": filled(
            Ties, 4, alive=[1, 1, 0, 1], a=[0, 1, 0, 0], b=[1, 2, 1, 2], trust_ab=[0.4, 0.1, 1.0, 0.9],
            trust_ba=[0.6, 0.5, 1.0, 0.7], rivalry=[0.1, 0.05, 1.0, 0.5],
        ),
        "partnerships": filled(
            Partnerships, 3, alive=[1, 0, 1], originator=[0, 0, 2], partner=[1, 2, 1], tie=[0, 3, 1], mode=[2, 3, 0],
            began=[3, 0, 6], programme=[1, 1, 0], engagement=[0.6, 1.0, 0.2],
        ),
        "hours": np.zeros(accounts.ROWS), "pounds": np.zeros(accounts.ROWS), "counts": np.zeros(accounts.ROWS),
    } | changes  # fmt: skip
    row = np.full(len(OUTCOMES), np.nan)
    measure(table, *groups.values(), np.array([POINTS, HARM]), HALF_TERM, row)
    return dict(zip(OUTCOMES, row.tolist(), strict=True))


#: What they are, and how that is come by.
BY_HAND: dict[str, tuple[float, str]] = {
    "progress.mean": (1.0, "(100 x 1 + 200 x 2 - 100 x 1) / 400"),
    "progress.partner": (2.0, "the second school's .2"),
    "progress.originator": (1.0, "the first school's .1"),
    "progress.neither": (-1.0, "the third school's -.1"),
    "progress.neediest": (2.0, "the second school alone"),
    "progress.gap": (0.3125, "(60 + 360 - 80) / 320 less (40 + 40 - 20) / 80"),
    "progress.spread": (math.sqrt(42 / 27), "of 1, 2, -1 about 2/3: (1 + 16 + 25) / 9 / 3"),
    "attainment.mean": (47.5, "(6000 + 8000 + 5000) / 400"),
    "attainment.partner": (40.0, "the second school's"),
    "attainment.gap": (-6.25, "(3600 + 7200 + 4000) / 320 less (2400 + 800 + 1000) / 80"),
    "attainment.spread": (math.sqrt(200 / 3), "of 60, 40, 50"),
    "gain.partner": (-1.0, ".2 less .3"),
    "gain.originator": (0.5, ".1 less .05"),
    "rolls.spread": (math.sqrt(20_000 / 9), "of 100, 200, 100 about 400/3"),
    "segregation.dissimilarity": (0.3125, "half of .5 - .1875, .5625 - .25 and 0"),
    "cover.harm": (1.0, ".5 x (0 + 2 + 4 + 2) / 4"),
    "confidence.mean": (0.5, "of .2, .4, .6, .8"),
    "confidence.partner": (0.6, "the third teacher"),
    "confidence.originator": (0.3, "the first two"),
    "practices.used": (1.75, "(2 + 0 + 2 + 3) / 4"),
    "originated.ever": (2 / 3, "the first and third school"),
    "trust.mean": ((0.5 + 0.3 + 0.8) / 3, "three living ties"),
    "trust.active": (0.4, "the two with a partnership: .5 and .3"),
    "trust.rival": (0.65, "rivalry of .1 and .5: .5 and .8"),
    "trust.partner": (0.35, "of the second school: .6 in the first, .1 in the third"),
    "ties.degree": (2.0, "two ends of three ties, three schools"),
    "ties.isolated": (0.25, "the second teacher"),
    "partnerships.active": (2.0, "two are alive"),
    "partnerships.replication": (1.0, "the third"),
    "partnerships.adaptation": (0.0, "none"),
    "partnerships.exchange": (1.0, "the first"),
    "partnerships.creation": (0.0, "one, which is over"),
    "partnerships.age": (4.5, "half-terms 3 to 8 are six, 6 to 8 three"),
    "partnerships.programme": (1.0, "the first"),
    "engagement.mean": (0.4, "of .6 and .2"),
}
#: Outcome -> the account it is read from.
FLOWS = {
    "transfers.year": ("counts", accounts.TRANSFERS),
    "practices.created": ("counts", accounts.CREATED),
    "partnerships.begun": ("counts", accounts.BEGUN),
    "partnerships.ended": ("counts", accounts.ENDED),
    "hours.joint": ("hours", accounts.JOINT),
    "hours.travel": ("hours", accounts.TRAVEL),
    "pounds.granted": ("pounds", accounts.GRANTED),
    "pounds.cover": ("pounds", accounts.COVER),
    "pounds.home": ("pounds", accounts.HOME),
    "pounds.returned": ("pounds", accounts.RETURNED),
}
#: Outcomes worked by hand here; those that came with a mechanism are worked in its own tests.
CORE = {*BY_HAND, *FLOWS, "disclosure.share"}
