"""What should money pay for: hours together, or hours over forms?

Runs the study `what_money_pays_for`: one grant, and four who may hold it. Asks what each purse buys: joint work, and
what is lost on bids and sent back unspent. Only then what it does for the partners.
"""

from __future__ import annotations

from collections.abc import Iterator

from schoolsim import Study, StudyResult
from schoolsim.analysis import contrast_sentences, level_table

STUDY = "what_money_pays_for"
PURSE = "funding.purse"
BUYS = ["hours.joint", "hours.bidding", "pounds.returned"]


def answer(result: StudyResult) -> Iterator[str]:
    """What each purse buys, in hours and pounds, then what partners gain beside the originator's purse."""
    levels = level_table(result.measured_runs(BUYS), outcomes=BUYS, by=[PURSE])
    means = levels.pivot(index=PURSE, columns="outcome", values="mean")
    for purse, row in means.sort_values("hours.joint", ascending=False).iterrows():
        yield (
            f"Purse {purse}: {row['hours.joint']:,.0f} hours of joint work in a half-term, {row['hours.bidding']:,.0f} "
            f"spent on bids, £{row['pounds.returned']:,.0f} sent back unspent."
        )
    yield "And what do partners gain?"
    yield from contrast_sentences(result.contrast(PURSE, baseline="originator", outcomes=["effect.partner"]))


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    for line in answer(Study(STUDY).run(workers=2)):  # into results/what_money_pays_for; again, only what is missing
        print(line)
