"""The project's own files agree with one another."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    text = (repository / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)["project"]
    return table


def pins(lock: Path) -> dict[str, str]:
    """Name -> version of a lock file; a line that pins nothing, or has no hash, is an error."""
    found: dict[str, str] = {}
    for entry in re.sub(r" *\\\n *", " ", lock.read_text(encoding="utf-8")).splitlines():
        if not entry or entry.lstrip().startswith("#"):
            continue
        requirement, *hashes = entry.split(" --hash=")
        name, version = requirement.split(" ;")[0].strip().split("==")
        if not hashes:
            raise ValueError(f"{name} has no hash")
        found[canonicalize_name(name)] = version
    return found


def unlocked(requirements: list[str], locked: dict[str, str]) -> list[str]:
    """Requirements that the lock leaves out, or pins to a version they do not allow."""
    missing = []
    for text in requirements:
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        version = locked.get(name)
        if name != "schoolsim" and (version is None or not requirement.specifier.contains(version, prereleases=True)):
            missing.append(text)
    return missing


def test_the_locks_hold_what_the_project_asks_for(repository: Path, project: dict[str, Any]) -> None:
    run = pins(repository / "requirements" / "run.txt")
    dev = pins(repository / "requirements" / "dev.txt")
    extras = [text for extra in project["optional-dependencies"].values() for text in extra]
    assert unlocked(project["dependencies"], run) == []
    assert unlocked([*project["dependencies"], *extras], dev) == []
    assert run.items() <= dev.items()


def test_a_lock_that_fell_behind_is_seen(tmp_path: Path) -> None:
    lock = tmp_path / "run.txt"
    lock.write_text("# made by make lock\nnumpy==1.26.4 ; a == 'b' \\\n    --hash=sha256:00\n")
    assert pins(lock) == {"numpy": "1.26.4"}
    assert unlocked(["numpy>=2.0", "scipy", "numpy>=1"], pins(lock)) == ["numpy>=2.0", "scipy"]
    lock.write_text("numpy==1.26.4\n")
    with pytest.raises(ValueError, match="numpy has no hash"):
        pins(lock)


def test_the_version_is_the_same_everywhere(repository: Path, project: dict[str, Any]) -> None:
    version = project["version"]
    citation = (repository / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    codemeta = json.loads((repository / "codemeta.json").read_text(encoding="utf-8"))
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [version]
    assert codemeta["version"] == version
    assert version in re.findall(r"^## (\S+)", changelog, re.MULTILINE)


def test_ruff_is_pinned_exactly(project: dict[str, Any]) -> None:
    (pin,) = (line for line in project["optional-dependencies"]["dev"] if line.startswith("ruff"))
    assert re.fullmatch(r"ruff==\d+\.\d+\.\d+", pin)


def test_a_wheel_carries_the_configs(repository: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("src", "configs"):
        shutil.copytree(repository / name, source / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(repository / name, source)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=source, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    configs = {f"schoolsim/{file.relative_to(source)}" for file in source.glob("configs/**/*.toml")}
    assert configs
    assert configs <= shipped
    parts = {f"schoolsim/explore/parts/{file.name}" for file in source.glob("src/schoolsim/explore/parts/*.*")}
    assert parts
    pages = {"schoolsim/report/templates/page.html", "schoolsim/publish/templates/published.html", *parts}
    assert {"schoolsim/py.typed", *pages} <= shipped


@pytest.mark.skipif(os.name != "posix", reason="make and its scripts are for POSIX systems")
@pytest.mark.parametrize("version", ["3.10.4", "2.7.18"])
def test_an_interpreter_too_old_is_refused_in_plain_words(version: str, repository: Path, tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    pretend = f"import sys; sys.version_info = ({', '.join(version.split('.'))})"
    old.write_text(
        f"#!/bin/sh\ncase $1 in --version) echo 'Python {version}';;"
        f" *) exec '{sys.executable}' -c \"{pretend}; $2\";; esac\n"
    )
    old.chmod(0o755)
    shutil.copy(repository / "Makefile", tmp_path)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "demo", f"PYTHON={old}"]
    made = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, timeout=60)
    assert made.returncode == 2
    assert f"needs Python 3.11 or newer; {old} is Python {version}." in made.stdout
    assert "Traceback" not in made.stdout + made.stderr
    assert not (tmp_path / ".venv").exists()


def test_make_help_names_every_target(repository: Path) -> None:
    text = (repository / "Makefile").read_text(encoding="utf-8")
    for target in ("env", "demo", "test", "test-all", "lint", "docs", "bench", "lock", "clean"):
        assert re.search(rf"^{target}:.* ## \S", text, re.MULTILINE), target


def test_the_oldest_numba_allowed_is_tested(repository: Path, project: dict[str, Any]) -> None:
    (oldest,) = (line for line in project["dependencies"] if line.startswith("numba"))
    workflow = (repository / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert f'"{oldest.replace(">=", "==")}.*"' in workflow


def test_actions_are_pinned_by_commit(repository: Path) -> None:
    files = sorted((repository / ".github" / "workflows").glob("*.yml"))
    used = [line for file in files for line in re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))]
    assert {file.stem for file in files} >= {"ci", "docs", "release"}
    assert [line for line in used if not re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v[\d.]+", line)] == []


def test_what_contributors_look_for_is_there(repository: Path) -> None:
    templates = {file.stem for file in (repository / ".github" / "ISSUE_TEMPLATE").glob("*.md")}
    assert templates >= {"bug", "new_programme", "second_coding", "new_pattern"}
    for name in ("SECURITY.md", "CONTRIBUTING.md", "LICENSE", ".github/pull_request_template.md"):
        assert (repository / name).stat().st_size > 0


def unexplained(text: str) -> list[str]:
    """Lines that ask a checker to look away and do not say why."""
    looks_away = re.compile(r"# (?:type: ignore\[[\w-]+\]|noqa: \w+)(?P<why>.*)")
    found = [(line.strip(), looks_away.search(line)) for line in text.splitlines()]
    return [line for line, match in found if match and not re.search(r"(?:#|-) \w+", match["why"])]


def test_where_a_checker_looks_away_the_line_says_why(repository: Path) -> None:
    files = [file for folder in ("src", "benchmarks", "docs") for file in (repository / folder).rglob("*.py")]
    assert len(files) > 300
    assert [line for file in files for line in unexplained(file.read_text(encoding="utf-8"))] == []
    assert unexplained("x = y  # type: ignore[misc]\nz = 1  # noqa: E731 - short\n") == ["x = y  # type: ignore[misc]"]


def test_types_are_checked_in_every_package(repository: Path) -> None:
    mypy = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert mypy["strict"] is True
    assert {"src/schoolsim", "benchmarks", "docs"} <= set(mypy["files"])
