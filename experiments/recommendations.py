"""The nineteen recommendations of the report, or some of them: `python experiments/recommendations.py R05 R12`.

Each is swept into results/recommendations, only what is missing; then what was expected stands beside what is found.
"""

from __future__ import annotations

import sys

from schoolsim import Study
from schoolsim.analysis import Answer
from schoolsim.config import list_configs


def main(chosen: list[str]) -> None:
    """Run the chosen ones, or all.

    Args:
        chosen: Such as `R05`.
    """
    for entry in list_configs("studies"):
        name = entry.name.rpartition("/")[2]
        if "/recommendations/" in entry.name and (not chosen or name in chosen):
            study = Study(entry.name)
            result = study.run(workers=2, out=f"results/recommendations/{name}")
            print(f"\n{study.config.title}")
            for line in Answer(result).lines():
                print(line)


# Worker processes import this file too: only the process that was started runs the studies.
if __name__ == "__main__":
    main(sys.argv[1:])
