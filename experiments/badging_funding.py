"""Does a badge help the schools that need help, and does it still when schools compete?

Runs the study `badging_funding` (the same config, runs and bytes as `schoolsim sweep badging_funding`), and asks one
thing of it: what a badge does in each world, and whether competition changes that. For the schools of a real authority,
given a register of schools (see `schoolsim schools --help`):
`schoolsim sweep badging_funding --schools FILE --authority Sheffield`.
"""

from __future__ import annotations

from collections.abc import Iterator

from schoolsim import Study, StudyResult
from schoolsim.analysis import contrast_sentences

STUDY = "badging_funding"
WHOM = ["progress.partner", "progress.neediest"]
COMPETITION, LOW = "market.choice_weight", 0.2


def answer(result: StudyResult) -> Iterator[str]:
    """What each badge does under low and high competition, then the difference between the two."""
    yield from contrast_sentences(result.contrast("badging.scope", baseline="none", outcomes=WHOM, by=[COMPETITION]))
    yield "Does competition change what a badge does?"
    yield from contrast_sentences(result.interaction({"badging.scope": "none", COMPETITION: LOW}, outcomes=WHOM))


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    for line in answer(Study(STUDY).run(workers=2)):  # into results/badging_funding; again, only what is missing
        print(line)
