"""A lot for a year, or a little for eight? The study through the Python face.

The same as `schoolsim sweep how_long_to_fund`, then `figures` and `answer`: same config, same runs, same bytes.
"""

from __future__ import annotations

from schoolsim import Study
from schoolsim.analysis import Answer


def main() -> None:
    """Make the runs that are missing, and say what they show."""
    result = Study("how_long_to_fund").run(
        workers=2
    )  # into results/how_long_to_fund; a second time, only what is missing
    for line in Answer(result).lines():
        print(line)


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    main()
