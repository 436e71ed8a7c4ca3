"""Does badging schools, and paying the badged, help the schools that need it? The study through the Python face.

The same as `schoolsim sweep badging_funding`, then `figures` and `answer`: same config, same runs, same bytes.
For the schools of a real authority, given a register of schools (see `schoolsim schools --help`):
`schoolsim sweep badging_funding --schools FILE --authority Sheffield`.
"""

from __future__ import annotations

from schoolsim import Study
from schoolsim.analysis import Answer


def main() -> None:
    """Make the runs that are missing, and say what they show."""
    study = Study.load("badging_funding")
    result = study.run(workers=2)  # into results/badging_funding; a second time, only what is missing
    for line in Answer(result).lines():
        print(line)


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    main()
