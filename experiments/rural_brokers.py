"""Does a broker help more in rural than in urban authorities? The study through the Python face.

The same as `schoolsim sweep rural_brokers`, then `figures` and `answer`: same config, same runs, same bytes.
"""

from __future__ import annotations

from schoolsim import Study
from schoolsim.analysis import Answer


def main() -> None:
    """Make the runs that are missing, and say what they show."""
    study = Study.load("rural_brokers")
    result = study.run(workers=2)  # into results/rural_brokers; a second time, only what is missing
    for line in Answer(result).lines():
        print(line)


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    main()
