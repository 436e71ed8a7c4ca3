"""Small Mesa models."""

from __future__ import annotations

import mesa


class Walker(mesa.Agent):
    """Walks a random distance each step."""

    def __init__(self, model):
        super().__init__(model)
        self.place = 0.0

    def step(self):
        self.place += self.model.random.gauss(0, self.model.stride)


class Walkers(mesa.Model):
    """Some of them, with two reporters."""

    def __init__(self, walkers=2, stride=1.0, until=None, seed=None):
        super().__init__(rng=seed)
        self.stride, self.until, self.taken = stride, until, 0
        for _ in range(walkers):
            Walker(self)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "distance": lambda model: max(abs(walker.place) for walker in model.agents),
                "steps_taken": lambda model: model.taken,
            }
        )
        self.datacollector.collect(self)

    def step(self):
        self.agents.do("step")
        self.taken += 1
        self.running = self.taken != self.until
        self.datacollector.collect(self)


class Seedless(mesa.Model):
    """Cannot be given a seed."""

    def __init__(self, walkers=2):
        super().__init__()
