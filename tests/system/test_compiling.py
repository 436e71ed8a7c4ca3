"""Compiling before it is needed: once, noted, and by two processes where there are two processors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schoolsim.system import compiling


class _Process:
    """Stands for the second process."""

    started: list[list[str]] = []

    def __init__(self, command: list[str], **streams: int) -> None:
        assert set(streams.values()) == {subprocess.DEVNULL}
        self.started.append(command)
        self.ended = False

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *fault: object) -> None:
        assert self.ended

    def terminate(self) -> None:
        self.ended = True


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was done, with nothing kept yet, two processors, and nothing really compiled."""
    done: list[str] = []
    _Process.started = []
    monkeypatch.setattr(compiling, "_KEPT", tmp_path / "all-compiled")
    monkeypatch.setattr(compiling, "_processors", lambda: 2)
    monkeypatch.setattr(compiling, "compile_all", lambda: done.append("all"))
    monkeypatch.setattr(subprocess, "Popen", _Process)
    return done


def test_two_processes_compile_what_is_not_kept(done: list[str]) -> None:
    assert not compiling.is_compiled()
    compiling.compile_once()
    assert done == ["all"]
    assert _Process.started == [[sys.executable, "-m", "schoolsim.jit", "--from-the-end"]]
    assert compiling.is_compiled()
    compiling.compile_once()
    assert done == ["all", "all"]
    assert len(_Process.started) == 1


def test_one_processor_compiles_by_itself(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_processors", lambda: 1)
    compiling.compile_once()
    assert (done, _Process.started) == (["all"], [])
    assert compiling.is_compiled()


def test_what_ran_uncompiled_is_not_noted_as_compiled(
    done: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiling.config, "DISABLE_JIT", True)
    compiling.compile_once()
    assert (done, _Process.started) == (["all"], [])
    assert not (tmp_path / "all-compiled").exists()


def test_where_nothing_can_be_kept_each_process_compiles(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_KEPT", None)
    compiling.compile_once()
    assert (done, _Process.started) == (["all"], [])
    assert not compiling.is_compiled()


def test_what_failed_is_not_noted(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(compiling, "compile_all", fails)
    with pytest.raises(RuntimeError):
        compiling.compile_once()
    assert not compiling.is_compiled()


def test_another_cache_is_cold(tmp_path: Path) -> None:
    ask = "from schoolsim.system.compiling import is_compiled; print(is_compiled())"
    told = subprocess.run(
        [sys.executable, "-c", ask], env={**os.environ, "SCHOOLSIM_CACHE_DIR": str(tmp_path)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["False"]


@pytest.mark.slow
def test_both_ends_meet_from_a_cold_cache(tmp_path: Path) -> None:
    """Really compiled by two processes, all of it is kept: a third process compiles nothing."""
    environment = {**os.environ, "SCHOOLSIM_CACHE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "schoolsim.jit"], env=environment, check=True)
    # What is not kept is said by Numba itself: NUMBA_DEBUG_CACHE names each file it saves.
    ask = "from schoolsim.system.compiling import compile_all, is_compiled; compile_all(); print(is_compiled())"
    third = subprocess.run(
        [sys.executable, "-c", ask], env=environment | {"NUMBA_DEBUG_CACHE": "1"}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    lines = third.stdout.splitlines()
    assert lines[-1] == "True"
    assert [line for line in lines if "loaded from" in line]
    assert not [line for line in lines if "saved to" in line]
