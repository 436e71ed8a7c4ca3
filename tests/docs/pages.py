"""Pages followed as a reader would, in an empty folder: files written, commands typed, Python run, made small."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.docs.following import FENCE

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs" / "tutorials").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")])
SCHOOLS = "setting.schools=16"
#: Commands that make many runs.
RUNS = ("sweep", "resume", "reproduce", "evaluate")


@dataclass(frozen=True)
class Step:
    """One thing that a reader does: a file to write, a command to type, or Python to run."""

    kind: str
    text: str
    place: str = ""


def steps(page: str) -> Iterator[Step]:
    """What a page asks for, in order; blocks without a language are not run."""
    for found in FENCE.finditer(page):
        language, place, text = found["language"], found["place"] or "", found["text"]
        if place:
            yield Step("file", small(text) if language == "toml" else text, place)
        elif language == "sh":
            for line in text.splitlines():
                if line.strip():
                    yield Step("command", line.strip())
        elif language == "python":
            yield Step("python", text)


def small(study: str) -> str:
    """A study with fewer replications and years, and fewer schools where it says nothing of them."""
    # Two worlds at least, with two seeds in each, where there are worlds.
    least = 4 if re.search(r"(?m)^worlds = ", study) else 2
    study = re.sub(r"(?m)^replications = \d+$", f"replications = {least}", study)
    if "{ 0 = " not in study:  # a timetable needs its years
        study = re.sub(r"(?m)^years = [3-9]$", "years = 2", study)
    if "branch = " not in study:  # and what branches, a burn-in
        study = re.sub(r"(?m)^burn_in_years = \d$", "burn_in_years = 0", study)
    if "[evaluation]" in study:
        study = study.replace("replications = 2", "replications = 4")
        study = re.sub(r"(?m)^authorities = .*$", "authorities = [4]\nsamples = 20", study)
        study = re.sub(r"(?m)^years = \[.*$", "years = [1, 2]", study)
    has_population = re.search(r"(?m)^(\[population\]|population = )", study)
    return study if has_population else f"{study}\n[population]\nschools = 16\n"


def words(command: str) -> list[str]:
    """The arguments of a command, with what makes it quiet, and small where its study is one that ships."""
    typed = shlex.split(command, comments=True)
    if typed[0] != "schoolsim":
        raise ValueError(f"{command!r} is no command of schoolsim: give its block no language")
    typed = typed[1:]
    if typed[0] in RUNS and "--executor" not in typed and typed[0] != "reproduce":
        typed += ["--executor", "serial"]
    if typed[0] in RUNS:
        typed.append("--quiet")
    own = any(word.endswith(".toml") for word in typed)
    if typed[0] in ("sweep", "explain") and not own and "--schools" not in typed and "-p" not in typed:
        typed += ["-p", SCHOOLS]
    return typed
