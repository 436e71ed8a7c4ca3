"""Machine code is never stale, and never made twice for other values of the same kind."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
from numba.core.dispatcher import Dispatcher
from schoolsim.compiled import kept
from schoolsim.compiled.kept import imported_files, module_hash

import schoolsim
from schoolsim import compiled
from tests.system.worlds import PROGRAMME, World, made_table

PACKAGE = Path(schoolsim.__file__).parent
ROOMS = ("draws", "rules", "system", "outcomes")

# A package of three modules: `run` stands on `rule`, `other` on nothing.
_MINI = {
    "__init__.py": "",
    "rule.py": (
        "from mini.compiled import compiled\n\n\n@compiled\ndef rule(x: float) -> float:\n    return x + 1.0\n"
    ),
    "run.py": (
        "from mini.compiled import compiled\nfrom mini.rule import rule\n\n\n"
        "@compiled\ndef run(x: float) -> float:\n    return 10.0 * rule(x)\n"
    ),
    "other.py": "from mini.compiled import compiled\n\n\n@compiled\ndef other(x: float) -> float:\n    return -x\n",
}
_ASK = (
    "from mini.run import run\nfrom mini.other import other\n"
    "print(run(1.0), other(1.0), sum(run.stats.cache_hits.values()), sum(other.stats.cache_hits.values()))"
)


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A folder with the small package, which compiles as schoolsim does."""
    (tmp_path / "mini").mkdir()
    for name, source in _MINI.items():
        (tmp_path / "mini" / name).write_text(source, encoding="utf-8")
    for file in (PACKAGE / "compiled").glob("*.py"):
        copy = tmp_path / "mini" / "compiled" / file.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8").replace("schoolsim.", "mini."), encoding="utf-8")
    return tmp_path


def asked(mini: Path) -> list[float]:
    """run(1), other(1), and how many of their machine codes came from the cache, in a new process."""
    environment = {"PYTHONPATH": str(mini), "SCHOOLSIM_CACHE_DIR": str(mini / "cache"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return [float(word) for word in done.stdout.split()]


def test_an_edited_rule_is_never_run_as_it_was(mini: Path) -> None:
    """Numba itself would load `run` as compiled with the old rule in it; what did not change stays compiled."""
    assert asked(mini) == [20.0, -1.0, 0, 0]
    assert asked(mini) == [20.0, -1.0, 1, 1]
    # What only compiled code calls is part of its callers, and not kept by itself.
    assert [file.name.split("-")[0] for file in sorted(mini.rglob("*.nbi"))] == ["other.other", "run.run"]
    rule = mini / "mini" / "rule.py"
    rule.write_text(rule.read_text().replace("x + 1.0", "x + 2.0"), encoding="utf-8")
    assert asked(mini) == [30.0, -1.0, 0, 1]
    rule.write_text(rule.read_text().replace("x + 2.0", "x + 1.0"), encoding="utf-8")
    assert asked(mini) == [20.0, -1.0, 1, 1]


def modules() -> Iterator[ModuleType]:
    """Every module whose code decides a run."""
    for room in ROOMS:
        here = importlib.import_module(f"schoolsim.{room}")
        yield here
        for found in pkgutil.walk_packages(getattr(here, "__path__", []), f"{here.__name__}."):
            yield importlib.import_module(found.name)


def dispatchers() -> dict[str, Dispatcher]:
    """Every compiled function by its full name, once."""
    return {
        f"{module.__name__}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, Dispatcher) and value.py_func.__module__ == module.__name__
    }


def stood_on(function: FunctionType) -> Iterator[Path]:
    """Files of the package that define what a compiled function names."""
    for name in (*function.__code__.co_names, *function.__code__.co_freevars):
        value = function.__globals__.get(name)
        if isinstance(value, Dispatcher):
            value = value.py_func
        if inspect.ismodule(value) or isinstance(value, FunctionType | type):
            file = Path(inspect.getfile(value)) if getattr(value, "__module__", "") != "builtins" else Path()
            if PACKAGE in file.parents:
                yield file


def test_there_is_something_to_look_at() -> None:
    assert len(dispatchers()) > 100


def test_a_modules_hash_covers_all_that_its_functions_call() -> None:
    for name, dispatcher in dispatchers().items():
        covered = imported_files(Path(inspect.getfile(dispatcher.py_func)))
        for file in stood_on(dispatcher.py_func):
            assert file in covered, (name, file)


def test_the_hash_changes_for_all_that_stand_on_an_edited_rule_and_for_nothing_else(tmp_path: Path) -> None:
    copy = tmp_path / "schoolsim"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    watched = ("draws.py", "rules/market.py", "rules/modes.py", "system/lessons.py", "system/phases/joint_work.py")

    def hashes() -> dict[str, str]:
        kept._imports.cache_clear()
        return {name: module_hash(copy / name, copy) for name in watched}

    before = hashes()
    rule = copy / "rules" / "learning.py"
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    after = hashes()
    kept._imports.cache_clear()
    assert {name for name in watched if before[name] != after[name]} == set(watched[2:])


def test_other_values_and_other_schools_compile_nothing() -> None:
    """One machine code a function, whatever the parameters, the seed, and the number of schools and brokers."""
    first = {"practice.number": 6, "broker.number": 1, "programme.mode": "creation", "creation.hazard": 0.2}
    World(made_table(1, 12), PROGRAMME | first, 1, burn_in_years=1).run(1)

    def made() -> dict[str, int]:
        # Asking for an inner dispatcher that nobody has called would make it.
        inner = {name: vars(one).get("inner") for name, one in dispatchers().items()}
        return {
            name: len(one.signatures) + (len(inner[name].overloads) if inner[name] is not None else 0)
            for name, one in dispatchers().items()
        }

    before = made()
    World(made_table(2, 16, authorities=2), PROGRAMME | {"broker.number": 0, "market.quality": 0.0}, 2).run(1)
    World(made_table(3, 13), {"trust.change": 0.0, "programme.originators": 2, "badging.scope": "collective"}, 3).run(1)
    after = made()
    assert {name: (before[name], after[name]) for name in after if before[name] != after[name]} == {}


def test_without_the_compiler_a_function_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(x: float) -> float:
        return x

    monkeypatch.setattr(compiled.config, "DISABLE_JIT", 1)
    assert compiled.compiled(rule) is rule
    assert compiled.compiled_for("float64(float64)")(rule) is rule


def test_where_nothing_can_be_written_it_compiles_all_the_same(mini: Path) -> None:
    (mini / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert asked(mini) == [20.0, -1.0, 0, 0]
