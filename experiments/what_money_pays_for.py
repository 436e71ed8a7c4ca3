"""Who should hold the money? The study through the Python face.

The same as `schoolsim sweep what_money_pays_for`, then `figures` and `answer`: same config, same runs, same bytes.
"""

from __future__ import annotations

from schoolsim import Study
from schoolsim.analysis import Answer


def main() -> None:
    """Make the runs that are missing, and say what they show."""
    result = Study("what_money_pays_for").run(
        workers=2
    )  # into results/what_money_pays_for; a second time, only what is missing
    for line in Answer(result).lines():
        print(line)


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    main()
