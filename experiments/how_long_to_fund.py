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
YEARS, POUNDS, EFFECT = "funding.years", "funding.per_partnership", "effect.partner"


def answer(result: StudyResult) -> Iterator[str]:
    """For each way to spread the money: the best year, the last one, and what is left of the best."""
    series = result.series
    runs = half_term_runs(series[series["outcome"] == EFFECT], result.runs)
    table = level_table(runs, outcomes=[EFFECT], by=[YEARS, POUNDS, "half_term"])
    table["year"] = table["half_term"] // HALF_TERMS + 1
    last = {}
    for (years, pounds), rows in table.groupby([YEARS, POUNDS]):
        means = rows.groupby("year")["mean"].mean().dropna()
        best, last[years] = means.idxmax(), means.iloc[-1]
        yield (
            f"{years:.0f} x £{pounds:,.0f} a year: {means[best]:+.2f} percentage points for partners in year {best}, "
            f"the best; {last[years]:+.2f} in year {means.index[-1]}."
        )
    yield f"Most is left where the money came {max(last, key=last.__getitem__):.0f} times."


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    for line in answer(Study(STUDY).run(workers=2)):  # into results/how_long_to_fund; again, only what is missing
        print(line)
