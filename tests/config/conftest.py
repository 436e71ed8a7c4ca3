"""A folder of config files of the test's own, where nothing else is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schoolsim.config import load_config
from schoolsim.parameters import ConfigError

Write = Callable[[str, str], Path]
Refusal = Callable[..., list[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Write:
    """Write a file below the current folder: `write("configs/programmes/a.toml", text)`."""

    def written(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def refusal(write: Write) -> Refusal:
    """The lines of the message that refuses a config with this text."""

    def refused(text: str, **options: object) -> list[str]:
        write("study.toml", text)
        with pytest.raises(ConfigError) as caught:
            load_config("study.toml", **options)  # type: ignore[arg-type]
        return str(caught.value).split("\n")

    return refused
