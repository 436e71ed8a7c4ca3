"""Random numbers of the twin: the compiled model's draws, or those of Mesa's own generator."""

from __future__ import annotations

import random
from typing import Protocol

from benchmarks.twin.uncompiled import uncompiled
from schoolsim import draws

_inverse_normal = uncompiled(draws).inverse_normal


class Draws(Protocol):
    """A draw is always asked for by purpose, half-term, entity and attempt; a source may ignore them."""

    def uniform(self, purpose: int, step: int, entity: int, attempt: int) -> float:
        """A number from 0 (included) to 1 (excluded)."""
        ...

    def normal(self, purpose: int, step: int, entity: int, attempt: int) -> float:
        """A standard normal number."""
        ...

    def pair(self, first: int, second: int) -> int:
        """One number for two entities, in this order."""
        ...


class KeyedDraws:
    """The draws of `schoolsim.draws`, by their definition in plain Python: same seed, same run."""

    def __init__(self, seed: int) -> None:
        """Draw for one replication."""
        self._seed = seed

    def uniform(self, purpose: int, step: int, entity: int, attempt: int) -> float:
        """The number that belongs to these keys."""
        return (draws.bits_plainly(self._seed, purpose, step, entity, attempt) >> 11) * 2.0**-53

    def normal(self, purpose: int, step: int, entity: int, attempt: int) -> float:
        """The inverse distribution function at that number."""
        return _inverse_normal(min(self.uniform(purpose, step, entity, attempt) + 2.0**-54, 1.0 - 2.0**-53))

    def pair(self, first: int, second: int) -> int:
        """A hash of the two."""
        return draws.bits_plainly(first, 0, 0, second, 0) >> 2


class GeneratorDraws:
    """The next numbers of a generator, whatever they are for: what a plain Mesa model pays for chance."""

    def __init__(self, generator: random.Random) -> None:
        """Draw from a model's own generator."""
        self._generator = generator
        self._pairs = 0

    def uniform(self, purpose: int, step: int, entity: int, attempt: int) -> float:
        """The next number."""
        return self._generator.random()

    def normal(self, purpose: int, step: int, entity: int, attempt: int) -> float:
        """The next number."""
        return self._generator.gauss(0.0, 1.0)

    def pair(self, first: int, second: int) -> int:
        """A number not given before: nothing is drawn by it."""
        self._pairs += 1
        return self._pairs
