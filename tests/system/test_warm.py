"""Compiling before it is needed: once, noted, and by two processes where there are two processors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schoolsim.system import warm


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
def compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was done, with nothing kept yet, two processors, and nothing really compiled."""
    done: list[str] = []
    _Process.started = []
    monkeypatch.setattr(warm, "_KEPT", tmp_path / "all-compiled")
    monkeypatch.setattr(warm, "_processors", lambda: 2)
    monkeypatch.setattr(warm, "warm", lambda: done.append("warm"))
    monkeypatch.setattr(subprocess, "Popen", _Process)
    return done


def test_two_processes_compile_what_is_not_kept(compiled: list[str]) -> None:
    assert not warm.is_compiled()
    warm.compile_once()
    assert compiled == ["warm"]
    assert _Process.started == [[sys.executable, "-m", "schoolsim.system.warm", "--from-the-end"]]
    assert warm.is_compiled()
    warm.compile_once()
    assert compiled == ["warm", "warm"]
    assert len(_Process.started) == 1


def test_one_processor_compiles_by_itself(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "_processors", lambda: 1)
    warm.compile_once()
    assert (compiled, _Process.started) == (["warm"], [])
    assert warm.is_compiled()


def test_what_ran_uncompiled_is_not_noted_as_compiled(
    compiled: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(warm.config, "DISABLE_JIT", True)
    warm.compile_once()
    assert (compiled, _Process.started) == (["warm"], [])
    assert not (tmp_path / "all-compiled").exists()


def test_where_nothing_can_be_kept_each_process_compiles(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "_KEPT", None)
    warm.compile_once()
    assert (compiled, _Process.started) == (["warm"], [])
    assert not warm.is_compiled()


def test_what_failed_is_not_noted(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(warm, "warm", fails)
    with pytest.raises(RuntimeError):
        warm.compile_once()
    assert not warm.is_compiled()


def test_another_cache_is_cold(tmp_path: Path) -> None:
    ask = "from schoolsim.system.warm import is_compiled; print(is_compiled())"
    told = subprocess.run(
        [sys.executable, "-c", ask], env={**os.environ, "SCHOOLSIM_CACHE_DIR": str(tmp_path)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["False"]


@pytest.mark.slow
def test_both_ends_meet_from_a_cold_cache(tmp_path: Path) -> None:
    """Really compiled by two processes, all of it is kept: a third process compiles nothing."""
    environment = {**os.environ, "SCHOOLSIM_CACHE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "schoolsim.system.warm"], env=environment, check=True)
    ask = (
        "from schoolsim.compiled.linking import Compiled; made = []; whole = Compiled.compile\n"
        "def compile(self, sig):\n    before = sum(self._cache_misses.values())\n    found = whole(self, sig)\n"
        "    made.extend([self.__name__] * (sum(self._cache_misses.values()) - before))\n    return found\n"
        "Compiled.compile = compile\n"
        "from schoolsim.system.warm import is_compiled, warm; warm(); print(is_compiled(), made)"
    )
    told = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True []"
