"""A user's own Numba code in the process is compiled as if schoolsim were not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import schoolsim

#: What a user may have compiled, and what of Numba anybody could have changed.
_THEIRS = """
import inspect, json, os, re, sys
import numpy as np
import numba, numba.experimental, numba.extending, numba.np.arrayobj, numba.typed
from numba import njit

def settings():
    names = [name for name in dir(numba.config) if name.isupper()]
    environment = {name: value for name, value in os.environ.items() if name.startswith(("NUMBA", "LLVM"))}
    return {name: repr(getattr(numba.config, name)) for name in names} | environment

def belongings():
    # Every function and class that a module or class of Numba's or llvmlite's holds, by where it stands.
    found = {}
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] not in ("numba", "llvmlite"):
            continue
        for word, value in list(vars(module).items()):
            if inspect.isfunction(value) or inspect.isclass(value):
                found[f"{name}:{word}"] = value
            if inspect.isclass(value) and value.__module__ == name:
                for inner, member in list(vars(value).items()):
                    if inspect.isroutine(member) or isinstance(member, property):
                        found[f"{name}:{word}.{inner}"] = member
    return found

def compiled():
    @njit
    def total(values, weight):
        found = 0.0
        for place in range(values.shape[0]):
            found += weight * values[place] ** 2
        return found

    @njit(fastmath=True)
    def quick(values):
        found = 0.0
        for value in values:
            found += np.sqrt(value)
        return found

    values = np.arange(50.0)
    results = [total(values, 2), quick(values)]
    # Instructions without names and numbers, in which Numba counts all functions of the process.
    lines = [line for one in (total, quick) for text in one.inspect_asm().values() for line in text.splitlines()]
    return results, [line.split()[0] for line in lines if re.match(r"\\t[a-z]", line)]
"""
_PLAIN = _THEIRS + "\nprint(json.dumps([settings(), *compiled()]))\n"
_WITH_OURS = (
    _THEIRS
    + """
before = belongings()
from schoolsim.system.simulation import Simulation
from tests.system.worlds import PROGRAMME, World, made_table
World(made_table(1, 6), PROGRAMME, 1).run(1)
after = belongings()
changed = [name for name in before if after.get(name) is not before[name]]
assert changed == [], f'changed: {changed}'
assert len(before) > 2000, len(before)
print(json.dumps([settings(), *compiled()]))
"""
)


class ChangedError(Exception):
    """Something of Numba's is no longer what it was."""


def printed(program: str, repository: Path) -> list[object]:
    """What a program prints in a process of its own."""
    paths = os.pathsep.join([str(Path(schoolsim.__file__).parents[1]), str(repository)])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], env={**os.environ, "PYTHONPATH": paths},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    if "changed:" in done.stderr:
        raise ChangedError(done.stderr)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def plain(repository: Path) -> list[object]:
    """Settings, results, machine code and environment without schoolsim."""
    return printed(_PLAIN, repository)


def test_a_users_own_functions_are_compiled_as_without_us(plain: list[object], repository: Path) -> None:
    """After a run of the model: the same settings, the same machine code, and nothing of Numba's replaced."""
    assert printed(_WITH_OURS, repository) == plain


@pytest.mark.parametrize(
    "change",
    [
        "import numba.core.dispatcher as place; place.Dispatcher.compile = lambda self, sig: None",
        *(
            pytest.param(change, marks=pytest.mark.slow)
            for change in (
                "import numba.core.caching as place; place.FunctionCache = None",
                "numba.config.OPT = 1",
                "os.environ['NUMBA_OPT'] = '1'",
            )
        ),
    ],
)
def test_a_change_would_be_seen(plain: list[object], repository: Path, change: str) -> None:
    planted = _WITH_OURS.replace("after = belongings()", f"{change}\nafter = belongings()")
    # The model need not run for that.
    planted = planted.replace("\nWorld(", "\n# World(")
    try:
        found = printed(planted, repository)
    except ChangedError:
        return
    assert found != plain
