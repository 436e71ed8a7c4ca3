"""Does a broker help more in the country than in town?

Runs the study `rural_brokers`, and asks for a difference of differences: what three brokers change in a rural
authority, less what they change in an urban one. Two intervals that overlap are no answer, and neither are two that do
not.
"""

from __future__ import annotations

from collections.abc import Iterator

from schoolsim import Study, StudyResult
from schoolsim.analysis import contrast_sentences

STUDY = "rural_brokers"
BROKERS = 3


def answer(result: StudyResult) -> Iterator[str]:
    """What brokers do in each setting, the difference between the settings, and what one broker comes to."""
    effects = result.contrast("broker.number", baseline=0, by=["setting"])
    yield from contrast_sentences(effects)
    yield "Is it more in the country?"
    yield from contrast_sentences(result.interaction({"broker.number": 0, "setting": "Urban"}))
    begun = effects[effects["outcome"] == "partnerships.begun"].set_index("setting")["mean"] / BROKERS
    each = ", ".join(f"{value:+.2f} ({setting})" for setting, value in begun.items())
    yield f"Partnerships begun in a half-term, for each broker: {each}."


# Worker processes import this file too: only the process that was started runs the study.
if __name__ == "__main__":
    for line in answer(Study(STUDY).run(workers=2)):  # into results/rural_brokers; again, only what is missing
        print(line)
