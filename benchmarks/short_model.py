"""One short Mesa model for whoever runs batches of models: the runs are the same whoever makes them."""

from __future__ import annotations

import mesa

STEPS = 10
DRIFTS = tuple(round(0.1 * number, 1) for number in range(10))


class Walker(mesa.Model):
    """A number that drifts and jitters: well under a tenth of a millisecond a run."""

    def __init__(self, drift: float = 0.0, seed: int | None = None) -> None:
        """Start at 0."""
        super().__init__(seed=seed)
        self.drift, self.place = drift, 0.0
        self.datacollector = mesa.DataCollector(model_reporters={"place": "place"})

    def step(self) -> None:
        """Move, and report where to."""
        self.place += self.drift + self.random.gauss(0.0, 1.0)
        self.datacollector.collect(self)
        self.running = self.steps < STEPS


def walked(drift: float, seed: int) -> dict[str, float]:
    """One run by hand: what every tool has to come to."""
    model = Walker(drift, int(seed))
    while model.running:
        model.step()
    return {"place": model.place}
