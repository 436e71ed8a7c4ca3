"""Small models for the tests; worker processes import them."""

from __future__ import annotations

import ctypes
import logging
import math
import os
import signal
import sys
import time

import numpy as np

from schoolsim.studies.model import Column, RunResult


class Spread:
    """A tiny stochastic model with series: knowledge that spreads at `rate` for `years`."""

    version = "1"
    columns = {  # noqa: RUF012
        "final": Column("share", "Share who know at the end"),
        "area": Column("share x half-term", "Sum over time"),
    }

    def __init__(self, half_terms: int = 12, seconds: float = 0.0) -> None:
        self._half_terms, self._seconds = half_terms, seconds

    def run(self, parameters, seed):
        rng = np.random.default_rng(seed)
        share, path = 0.1, []
        for _ in range(self._half_terms):
            share += parameters["spread.rate"] * share * (1 - share) + rng.normal(0, 0.01)
            path.append(share)
        # What is in the environment makes the same run take longer.
        if seconds := self._seconds + float(os.environ.get("SPREAD_SECONDS", "0")):
            time.sleep(seconds)  # for no time at all, it would still give the processor away
        if parameters.get("spread.badge") == "collective":
            path[-1] += 0.05
        series = {"final": np.array(path), "area": np.cumsum(path)}
        return RunResult({"final": path[-1], "area": float(sum(path))}, series, np.arange(12))


class SlowToLoad(Spread):
    """As `Spread`, with something to do before its first run."""

    def prepare(self):
        time.sleep(0.8)


def normal(parameters, seed):
    """A plain function: one draw from a normal distribution."""
    rng = np.random.default_rng(seed)
    return {"value": rng.normal(parameters["mean"], parameters["sd"])}


def busy(parameters, seed):
    """Keeps a processor busy for `seconds` of its time."""
    started = time.process_time()
    total = 0.0
    while time.process_time() - started < parameters["seconds"]:
        total += math.sin(total)
    return {"value": float(seed % 1000)}


def troubled(parameters, seed):
    """Does what `trouble` says."""
    trouble = parameters["trouble"]
    if trouble == "raise":
        raise ValueError(f"no luck with {object()}")
    if trouble == "exit":
        os._exit(3)
    if trouble == "crash":
        os.abort()
    if trouble == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if trouble == "sleep":
        time.sleep(60)
    if trouble == "print":
        print("a library says hello")
        os.write(2, b"and so does C\n")
    if trouble == "log":
        logging.getLogger("mesa.model").warning("deprecated")
    if trouble == "shout":
        print("x" * 100_000)
    return {"value": float(seed % 1000)}


def mendable(parameters, seed):
    """Fails where it should until the file `switch` is there."""
    if parameters["trouble"] == "raise" and not os.path.exists(parameters["switch"]):
        raise ValueError("not yet")
    return {"value": float(seed % 1000)}


def mendable_now_and_then(parameters, seed):
    """Fails every third time until the file `switch` is there."""
    if seed % 3 == 0 and not os.path.exists(parameters["switch"]):
        raise ValueError("not yet")
    return {"value": 100.0 + seed % 7}


def echo(parameters, seed):
    """Gives back what it got."""
    return dict(parameters)


def chatty(parameters, seed):
    """Prints or logs, from Python only."""
    if parameters["trouble"] == "print":
        print("a library says hello")
    else:
        logging.getLogger("mesa.model").warning("deprecated")
    return {"value": 1.0}


def weighed(parameters, seed):
    """Variances 1.25 (a whole number, 0 to 3), 2.25 (a or b) and 0 (the rest), and a level of the seed."""
    return {"value": parameters["n.whole"] + 3.0 * (parameters["c.kind"] == "b") + seed % 7}


def loud(parameters, seed):
    """Takes a while and writes to the terminal meanwhile, from Python and from C."""
    print("a library shouts", file=sys.stderr)
    os.write(2, b"and C shouts too")
    time.sleep(0.1)
    return {"value": 1.0}


def stuck(parameters, seed):
    """A call into C that keeps the interpreter to itself for half a minute."""
    ctypes.PyDLL(None).usleep(30_000_000)
    return {"value": 1.0}


def environment(parameters, seed):
    """The thread counts this process was given."""
    from schoolsim.studies.execution.time_limit import ONE_THREAD

    return {name: float(os.environ.get(name, "nan")) for name in ONE_THREAD}


class Slow:
    """Takes half a second to get ready."""

    ready = 0.0

    def prepare(self):
        time.sleep(0.5)
        self.ready = 1.0

    def run(self, parameters, seed):
        return RunResult({"value": self.ready})


class Demanding:
    """Cannot be built without an argument."""

    def __init__(self, needed):
        self.run = needed


class Anything:
    """A model that takes whatever parameters there are and adds up the numbers."""

    version = "1"

    def __init__(self, years: int = 10, **others: object) -> None:
        self._years = years

    def run(self, parameters, seed):
        numbers = [v for v in parameters.values() if isinstance(v, int | float)]
        rng = np.random.default_rng(seed)
        value = sum(numbers) + rng.normal()
        path = value + np.arange(self._years)
        return RunResult({"progress.mean": value}, {"progress.mean": path}, np.arange(self._years))


class Pupils:
    """A model that keeps something of every school; fails where the drift is below 0."""

    version = "1"
    columns = {  # noqa: RUF012
        "pupils": Column("pupils", "All pupils"),
        "roll": Column("pupils", "On roll"),
        "calm": Column("level", "How calm it is"),
    }

    def __init__(self, schools: int = 3) -> None:
        self._schools = schools

    def run(self, parameters, seed):
        from schoolsim.outcomes.schools import SchoolValues  # brings the compiler, a second in every worker

        if parameters["pupils.drift"] < 0:
            raise ValueError("no pupils left")
        rng = np.random.default_rng(seed)
        roll = np.array([np.full(self._schools, 200.0), 200.0 + parameters["pupils.drift"] + rng.random(self._schools)])
        values = {"calm": rng.random((2, self._schools)), "roll": roll}
        schools = SchoolValues(100 + np.arange(self._schools)[::-1], np.array([-1, 5]), values)
        return RunResult({"pupils": float(roll[1].sum())}, schools=schools)


def paired(parameters, seed):
    """Levels hang on the seed, the badge's effect on the world: 2 and a tenth of the learning rate."""
    badged = parameters["badging.scope"] == "collective"
    rate = parameters.get("learning.rate", 5.0)
    own = np.random.default_rng([seed, int(badged)]).normal(0.0, 0.2)
    level = np.random.default_rng(seed).normal(0.0, 5.0)
    return {"rate": rate, "value": level + badged * (2.0 + rate / 10) + own}
