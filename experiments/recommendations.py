"""Does the model bear the report's recommendations out? `python experiments/recommendations.py`, or `... R05 R12`.

Each of the nineteen is a study with what its source expects. They are run into results/recommendations, only what is
missing; every expectation then stands beside what was found, and at the end they are counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from schoolsim import Study, StudyResult
from schoolsim.analysis import Answer
from schoolsim.config import list_configs

FOLDER = "results/recommendations"


def names(chosen: Sequence[str] = ()) -> list[str]:
    """Names of their configs, of all or of those chosen, such as `R05`."""
    found = [entry.name for entry in list_configs("studies") if "/recommendations/" in entry.name]
    return [name for name in found if not chosen or name.rpartition("/")[2] in chosen]


def answer(results: Sequence[StudyResult]) -> Iterator[str]:
    """What was expected and found, recommendation by recommendation, and how often the two agree."""
    verdicts = []
    for result in results:
        yield result.config.title
        for expected in Answer(result).expectations():
            if expected.row is None:
                continue  # the study cannot tell
            verdicts.append(expected.agrees)
            yield f"  {expected.sentence()}"
    yield (
        f"Of {len(verdicts)} expectations, {verdicts.count(True)} were found, {verdicts.count(False)} went the other "
        f"way, and {verdicts.count(None)} showed no clear difference."
    )


# Worker processes import this file too: only the process that was started runs the studies.
if __name__ == "__main__":
    asked = names(sys.argv[1:])
    done = [Study(name).run(workers=2, out=f"{FOLDER}/{name.rpartition('/')[2]}") for name in asked]
    for line in answer(done):
        print(line)
