"""A lot for a year, or a little for eight: what is left when the money has gone?

Runs the study `how_long_to_fund`: the same money, spread over one, two, four or eight years. Follows the effect on
partners through the years, from its highest to the last year, in which nobody is paid.
"""

from __future__ import annotations

from collections.abc import Iterator

from schoolsim import Study, StudyResult
from schoolsim.analysis import half_term_runs, level_table
from schoolsim.system.state.schema import HALF_TERMS

STUDY = "how_long_to_fund"
SPREAD, EFFECT = "the money", "effect.partner"


def answer(result: StudyResult) -> Iterator[str]:
    """For each way to spread the money: the best year, the last one, and what is left of the best."""
    series = half_term_runs(result.series, result.measured_runs([EFFECT]))
    series["year"] = series["half_term"] // HALF_TERMS + 1
    yearly = level_table(series, outcomes=[EFFECT], by=[SPREAD, "year"])
    for spread, rows in yearly.groupby(SPREAD, sort=False):
        means = rows.set_index("year")["mean"].dropna()
        best, last = means.idxmax(), means.index[-1]
        yield (
            f"{spread}: {means[best]:+.2f} percentage points for partners in year {best}, the best; "
            f"{means[last]:+.2f} in year {last}."
        )
    left = result.measured_runs([EFFECT]).groupby(SPREAD, sort=False)[EFFECT].mean()
    yield f"Most is left of: {left.idxmax()}."


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    for line in answer(Study(STUDY).run(workers=2)):  # into results/how_long_to_fund; again, only what is missing
        print(line)
