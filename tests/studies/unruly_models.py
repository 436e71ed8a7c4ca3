"""Models that fail in ways few programs expect; worker processes import them."""

from __future__ import annotations

import sys
import time

import numpy as np

from schoolsim.studies.model import Column, RunResult


class MuteError(Exception):
    """An error whose own message fails."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


def unruly(parameters, seed):
    """Does what `trouble` says."""
    trouble = parameters["trouble"]
    if trouble == "surrogate error":
        raise ValueError("caf\udce9")  # what a file name in Latin-1 becomes
    if trouble == "surrogate name":
        return {"caf\udce9": 1.0, "value": 1.0}
    if trouble == "surrogate series":
        return RunResult({"value": 1.0}, {"caf\udce9": np.ones(2)}, np.arange(2))
    if trouble == "surrogate print":
        print(b"caf\xe9".decode("latin-1"), file=sys.stderr)
    if trouble == "control name":
        return {"a\nb": 1.0}
    if trouble == "long name":
        return {"x" * 10_000: 1.0}
    if trouble == "empty name":
        return {"": 1.0}
    if trouble == "one name twice":
        return {"1": 1.0, 1: 2.0}
    if trouble == "mute":
        raise MuteError
    if trouble == "exit":
        sys.exit(3)
    if trouble == "huge":
        return {"value": 10**400}
    if trouble == "half-terms":
        return RunResult({"value": 1.0}, {"value": np.ones(1)}, np.array([2.0**40]))
    return {"value": float(seed % 1000)}


def reckoned(parameters, seed):
    """Numbers of every kind: a third, one beyond all, and none."""
    return {"third": seed / 3, "beyond": float("inf"), "nothing": float("nan")}


class Undecodable:
    """Describes its outcome with half of a character."""

    columns = {"value": Column("pp", "caf\udce9")}  # noqa: RUF012

    def run(self, parameters, seed):
        return RunResult({"value": 1.0})


def stubborn(parameters, seed):
    """Catches whatever comes, Ctrl-C too."""
    try:
        time.sleep(0.05)
    except BaseException:  # noqa: B036 - what it is about
        pass
    return {"value": float(seed % 1000)}
