"""Machine code is never stale, never made twice for the same sources, and never in the way."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import numba
import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

from schoolsim import jit
from schoolsim.jit import imported_files, module_hash, source_copy
from schoolsim.system import simulation
from tests.jit.mini import PACKAGE, Mini, answer, edit, made
from tests.system.worlds import PROGRAMME, World, made_table

ROOMS = ("columns", "draws", "rules", "system", "outcomes")


@pytest.fixture
def mini(tmp_path: Path) -> Mini:
    """The small package, with an empty cache."""
    return made(tmp_path / "here", tmp_path / "cache")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which the small package was kept; only read."""
    folder = tmp_path_factory.mktemp("kept")
    assert made(folder / "here", folder / "cache").asked() == [20.0, -1.0, 0, 0]
    return folder / "cache"


@pytest.fixture
def kept(mini: Mini, once: Path) -> Mini:
    """The small package with what it has compiled, a copy that may be changed."""
    shutil.copytree(once, mini.cache)  # with the stamps of its files
    return mini


# --- what is kept, and for which sources ----------------------------------------------------------


def test_an_edited_rule_is_never_run_as_it_was(kept: Mini) -> None:
    """Numba itself would load `run` as compiled with the old rule in it; what did not change stays compiled."""
    assert set(kept.kept()) == {"rule.rule", "run.run", "other.other"}
    edit(kept.module("rule"), "x + 1.0", "x + 2.0")
    assert kept.asked() == [30.0, -1.0, 0, 1]
    assert kept.kept().count("run.run") == 2
    assert kept.kept().count("other.other") == 1


@pytest.mark.slow
def test_an_edit_taken_back_finds_what_was_compiled_before_it(kept: Mini) -> None:
    edit(kept.module("rule"), "x + 1.0", "x + 2.0")
    assert kept.asked() == [30.0, -1.0, 0, 1]
    edit(kept.module("rule"), "x + 2.0", "x + 1.0")
    assert kept.asked() == [20.0, -1.0, 1, 1]


def test_a_copy_of_the_sources_elsewhere_compiles_nothing(kept: Mini, tmp_path: Path) -> None:
    """A new clone, or an installed wheel: neither the folder nor when a file was written counts."""
    clone = made(tmp_path / "there" / "deep", kept.cache)
    for file in (clone.folder / "mini").iterdir():
        os.utime(file, (1, 1))
    assert clone.asked() == [20.0, -1.0, 1, 1]
    assert kept.kept() == ["other.other", "rule.rule", "run.run"]


@pytest.mark.slow
def test_a_change_that_only_says_something_else_is_another_source(kept: Mini) -> None:
    """Who reads a traceback reads the copy: it is the source as it stands."""
    edit(kept.module("rule"), "return x + 1.0", "return x + 1.0  # as before")
    assert kept.asked() == [20.0, -1.0, 0, 1]


def test_the_versions_of_the_compiler_are_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    file = PACKAGE / "draws.py"
    before = module_hash(file)
    for owner in (numba, jit.llvmlite, np):
        with monkeypatch.context() as other:
            other.setattr(owner, "__version__", "0.0.1")
            assert module_hash(file) != before
    assert module_hash(file) == before


@pytest.mark.slow
def test_it_is_kept_where_the_user_says(mini: Mini, tmp_path: Path) -> None:
    elsewhere, home = tmp_path / "chosen", tmp_path / "home"
    home.mkdir()
    assert mini.asked(SCHOOLSIM_CACHE_DIR=str(elsewhere), HOME=str(home)) == [20.0, -1.0, 0, 0]
    assert sorted(folder.name for folder in elsewhere.iterdir()) == ["other", "rule", "run"]
    assert list(home.iterdir()) == []
    assert not mini.cache.exists()
    # Nothing is put beside the sources.
    assert not list(mini.folder.rglob("*.nb*"))


def test_otherwise_it_is_kept_in_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCHOOLSIM_CACHE_DIR", "")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for variable, folder in (("HOME", tmp_path / "home" / ".cache"), ("XDG_CACHE_HOME", tmp_path / "xdg")):
        monkeypatch.setenv(variable, str(folder.parent if variable == "HOME" else folder))
        copy = fresh_copy()
        assert copy is not None
        assert copy.parents[1] == folder / "schoolsim" / "rules.shapes"
        assert copy.is_file()


# --- where something is in the way ----------------------------------------------------------------


@pytest.mark.slow
def test_where_nothing_can_be_written_it_compiles_in_memory(mini: Mini) -> None:
    mini.cache.write_text("a file where the folder should be", encoding="utf-8")
    assert mini.asked() == [20.0, -1.0, 0, 0]
    assert mini.cache.is_file()


def test_a_cache_that_cannot_be_written_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCHOOLSIM_CACHE_DIR", str(tmp_path))
    assert fresh_copy() is not None
    monkeypatch.setattr(os, "access", lambda place, mode: mode != os.W_OK)
    assert fresh_copy() is None


def test_a_disk_that_is_nearly_full_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCHOOLSIM_CACHE_DIR", str(tmp_path))
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=10_000_000))
    assert fresh_copy() is None
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=10_000_000_000))
    assert fresh_copy() is not None


def fresh_copy() -> Path | None:
    """`source_copy` of a module, worked out anew."""
    jit._has_room.cache_clear()
    return source_copy.__wrapped__(PACKAGE / "rules" / "shapes.py")


@pytest.mark.parametrize("kind", ["*.nbi", pytest.param("*.nbc", marks=pytest.mark.slow)])
def test_damaged_files_are_made_again(kept: Mini, kind: str) -> None:
    """Empty or full of zeros as after a power cut, or cut short; Numba would stop with an unpickling error."""
    empty, zeros, cut = kept.cache.rglob(kind)
    empty.write_bytes(b"")
    zeros.write_bytes(b"\0" * 4096)
    cut.write_bytes(cut.read_bytes()[:-7])
    assert kept.asked() == [20.0, -1.0, 0, 0]
    assert kept.asked() == [20.0, -1.0, 1, 1]


def test_damage_is_no_trouble_where_the_seal_is_lost_too(kept: Mini) -> None:
    for seal in kept.cache.rglob(jit.SEAL):
        seal.unlink()
    for index in kept.cache.rglob("*.nbi"):
        index.write_bytes(b"\0" * 4096)
    assert kept.asked() == [20.0, -1.0, 0, 0]
    assert kept.asked() == [20.0, -1.0, 1, 1]


def test_what_is_compiled_in_a_long_process_is_not_damaged_to_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As when a run needs a function for other types: its index, which was sealed, is written anew and noted."""
    code = tmp_path / "__pycache__"
    code.mkdir()
    index, other = code / "a.nbi", code / "b.nbi"
    index.write_bytes(b"for one type")
    other.write_bytes(b"as it was")
    monkeypatch.setattr(jit, "_FOLDERS", [tmp_path])
    monkeypatch.setattr(jit, "_DAMAGED", [])
    jit.seal()
    for content in (b"for two types", b"for three types"):
        (code / "draft").write_bytes(content)
        os.replace(code / "draft", index)
        jit.seal()
        jit._discard_damaged(tmp_path)
        assert index.read_bytes() == content
    other.write_bytes(b"as it was not")
    jit._discard_damaged(tmp_path)
    assert [file.name for file in code.iterdir()] == ["a.nbi"]


def test_a_run_notes_what_it_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = []
    monkeypatch.setattr(simulation, "seal", lambda every: noted.append(every))
    World(made_table(3), {}, 1, burn_in_years=0).run(1)
    assert noted


def test_runs_in_quick_succession_are_not_all_noted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, seal = tmp_path / "__pycache__", tmp_path / jit.SEAL
    code.mkdir()
    monkeypatch.setattr(jit, "_FOLDERS", [tmp_path])
    monkeypatch.setattr(jit, "_LAST_SEALED", -1e9)
    noted = []
    for name, every in (("a.nbi", 60.0), ("b.nbi", 60.0), ("c.nbi", 0.0)):
        (code / name).write_bytes(b"code")
        jit.seal(every=every)
        noted.append(len(seal.read_text(encoding="utf-8").splitlines()))
    assert noted == [1, 1, 3]


@pytest.mark.slow
def test_what_a_killed_process_leaves_is_no_trouble(kept: Mini) -> None:
    """A part of a copy, and an index that names machine code that was never written."""
    for file in kept.cache.rglob("*.nbc"):
        file.unlink()
    for folder in kept.cache.glob("*/*"):
        (folder / "tmpabcdef").write_text("half a sour", encoding="utf-8")
    assert kept.asked() == [20.0, -1.0, 0, 0]
    assert kept.asked() == [20.0, -1.0, 1, 1]


@pytest.mark.slow
def test_two_processes_at_once_are_both_right(mini: Mini) -> None:
    """From nothing, at the same time, into one cache; a third compiles nothing."""
    processes = [mini.process() for _ in range(2)]
    for process in processes:
        assert answer(process)[:2] == [20.0, -1.0]
    assert mini.asked() == [20.0, -1.0, 1, 1]


def test_versions_that_were_not_used_for_long_are_let_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCHOOLSIM_CACHE_DIR", str(tmp_path))
    past = [tmp_path / "rules.shapes" / f"{number:012x}" for number in range(20)]
    for age, folder in enumerate(past, start=1):
        folder.mkdir(parents=True)
        stamp = time.time() - 1000 * age
        os.utime(folder, (stamp, stamp))
    copy = fresh_copy()
    assert copy is not None
    left = {folder.name for folder in (tmp_path / "rules.shapes").iterdir()}
    assert left == {copy.parent.name, *(folder.name for folder in past[:11])}


# --- the real package -----------------------------------------------------------------------------


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
    assert len(dispatchers()) > 300


def test_a_modules_hash_covers_all_that_its_functions_call() -> None:
    for name, dispatcher in dispatchers().items():
        covered = imported_files(PACKAGE.joinpath(*dispatcher.py_func.__module__.split(".")[1:]).with_suffix(".py"))
        for file in stood_on(dispatcher.py_func):
            assert file in covered, (name, file)


def test_every_compiled_module_stands_on_the_columns_it_reads() -> None:
    """A column put in before others moves them: machine code made for the old layout would read the wrong ones."""
    schema = PACKAGE / "system" / "state" / "schema.py"
    for name, dispatcher in dispatchers().items():
        file = PACKAGE.joinpath(*dispatcher.py_func.__module__.split(".")[1:]).with_suffix(".py")
        if "State" in dispatcher.py_func.__annotations__.values() or "state: State" in file.read_text(encoding="utf-8"):
            assert schema in imported_files(file), name


def test_the_hash_changes_for_all_that_stand_on_an_edited_rule_and_for_nothing_else(tmp_path: Path) -> None:
    copy = tmp_path / "schoolsim"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    watched = (
        "draws.py", "rules/market.py", "system/trust/ties.py", "rules/modes.py", "system/learning/episodes.py",
        "system/partnerships/joint_work.py", "system/phases/joint_work.py",
    )  # fmt: skip

    def hashes() -> dict[str, str]:
        jit._imports.cache_clear()
        jit._read.cache_clear()
        return {name: module_hash(copy / name, copy) for name in watched}

    before = hashes()
    rule = copy / "rules" / "learning.py"
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    after = hashes()
    jit._imports.cache_clear()
    jit._read.cache_clear()
    assert {name for name in watched if before[name] != after[name]} == set(watched[3:])


def test_other_values_and_other_schools_compile_nothing() -> None:
    """One machine code a function, whatever the parameters, the seed, and the number of schools and brokers."""
    first = {"practice.number": 6, "broker.number": 1, "programme.mode": "creation", "creation.hazard": 0.2}
    World(made_table(1, 12), PROGRAMME | first, 1, burn_in_years=1).run(1)

    def compiled_for() -> dict[str, list[object]]:
        return {name: list(one.signatures) for name, one in dispatchers().items()}

    before = compiled_for()
    World(made_table(2, 16, authorities=2), PROGRAMME | {"broker.number": 0, "market.quality": 0.0}, 2).run(1)
    World(made_table(3, 13), {"trust.change": 0.0, "programme.originators": 2, "badging.scope": "collective"}, 3).run(1)
    after = compiled_for()
    assert {name: (before[name], after[name]) for name in after if before[name] != after[name]} == {}


def test_without_the_compiler_a_function_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(x: float) -> float:
        return x

    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    assert jit.compiled(rule) is rule
    assert jit.inlined(rule) is rule
    assert jit.compiled_for("float64(float64)")(rule) is rule


def test_a_function_from_elsewhere_is_compiled_in_memory() -> None:
    """A notebook's own phase: nothing of it is kept under the model's name."""

    @jit.compiled
    def theirs(x: float) -> float:
        return x / 2.0

    assert theirs(3.0) == 1.5
    assert source_copy(Path(__file__)) is None
    assert not theirs.stats.cache_path  # type: ignore[attr-defined]


def test_an_inlined_function_is_part_of_its_caller() -> None:
    @jit.inlined
    def taken_in(x: float) -> float:
        return x + 1.0

    @jit.compiled
    def called(x: float) -> float:
        return x + 2.0

    @jit.compiled
    def whole(x: float) -> float:
        return 10.0 * taken_in(x) + called(x)

    assert whole(1.0) == 23.0
    assert not taken_in.signatures  # type: ignore[attr-defined]
    assert len(called.signatures) == 1  # type: ignore[attr-defined]
    assert taken_in(1.0) == 2.0


def test_one_set_of_types_casts_for_every_caller() -> None:
    @jit.compiled_for("float64(float64)")
    def cast(x: float) -> float:
        return x / 2.0

    @jit.compiled
    def casts(x: int) -> float:
        return cast(x)

    assert cast(3) == casts(3) == 1.5
    assert len(cast.signatures) == 1  # type: ignore[attr-defined]
