"""Follow the partnership of docs/explanation/model.md: `python docs/measure_partnership.py` (or `make measured`).

It is the one of the first story in docs/stories.md. Its numbers are written to `docs/measured/partnership.csv`, from
which `make docs` draws its figure.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from measure_stories import SEED, STORIES

from schoolsim.stories.partnerships import PartnershipWatch
from schoolsim.stories.telling import watched

STORED = Path(__file__).parent / "measured" / "partnership.csv"
DECIMALS = 6


def followed(seed: int = SEED) -> pd.DataFrame:
    """One partnership through three years: a row a half-term.

    Returns:
        `originator` and `partner` (names), `half_term` (from 1), `mode`, `focus` (number of the practice), `pairs`,
        `mastery` of the learners and `ahead` of those who pass it on (0..1), `partners_trust` and `originators_trust`
        in the other school (0..1), `hours` a pair and `work_hours` of these on the practice itself, `pounds` paid.
    """
    kind, config = STORIES[0]
    watch = watched(kind, config, seed=seed)
    assert isinstance(watch, PartnershipWatch)
    number = watch.pick(None)
    originator, partner = watch.schools(number)
    rows = [
        {
            "originator": originator,
            "partner": partner,
            "half_term": half_term + 1,
            "mode": seen.mode,
            "focus": seen.focus,
            "pairs": len(seen.pairs),
            "mastery": seen.mastery,
            "ahead": seen.ahead,
            "partners_trust": seen.trust[1],
            "originators_trust": seen.trust[0],
            "hours": seen.hours,
            "work_hours": seen.hours * seen.working,
            "pounds": seen.pounds,
        }
        for half_term, seen in watch.half_terms(number).items()
    ]
    return pd.DataFrame(rows).round(DECIMALS)


def main() -> int:
    """Follow it."""
    followed().to_csv(STORED, index=False, lineterminator="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
