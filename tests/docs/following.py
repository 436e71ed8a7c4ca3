"""CONTRIBUTING.md followed literally in a copy of the tree: titled blocks put where they say, commands typed."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("benchmarks", "configs", "docs", "experiments", "src", "tests", "requirements", ".github")
FENCE = re.compile(r'^```(?P<language>\w+)(?: title="(?P<place>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of the page: what it is, where it goes (nowhere if empty), and its text."""

    language: str
    place: str
    text: str


def section(heading: str) -> str:
    """What stands under a heading of CONTRIBUTING.md.

    Raises:
        ValueError: There is no such heading.
    """
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    if f"\n## {heading}\n" not in page:
        raise ValueError(f"CONTRIBUTING.md has no heading {heading!r}")
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def blocks(heading: str) -> Iterator[Block]:
    """The fenced blocks under a heading, in order."""
    for found in FENCE.finditer(section(heading)):
        yield Block(found["language"], found["place"] or "", found["text"])


def commands(heading: str) -> list[str]:
    """The commands a reader types under a heading, in order, without their comments."""
    lines = [line for block in blocks(heading) if block.language == "sh" for line in block.text.splitlines()]
    return [line.partition("  #")[0].strip() for line in lines if line.strip()]


def copy_of_the_tree(folder: Path) -> Path:
    """A copy of what is in the repository, to change at will."""
    tree = folder / "tree"
    for name in COPIED:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file() and file.name != ".git":
            shutil.copy(file, tree)
    return tree


def _into_the_tuple(text: str, entry: str) -> str:
    """A module with an entry added at the end of its only tuple or mapping in capitals that the entry suits."""
    wanted = ast.Dict if entry.lstrip().startswith('"') else ast.Tuple
    names = ("PARAMETERS", "OUTCOMES", "UNCERTAINTIES", "BY_HAND")
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, wanted):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and target.id in names:
                lines = text.splitlines(keepends=True)
                entry = entry.rstrip().removesuffix(",") + ","
                last = (node.value.end_lineno or 0) - 1
                return "".join([*lines[:last], *(f"    {line}\n" for line in entry.splitlines()), *lines[last:]])
    raise ValueError(f"there is nothing to add {entry.splitlines()[0]!r} to")


def follow(heading: str, tree: Path) -> list[str]:
    """Do to the copy what a section's titled blocks say; return the places, in order."""
    places = []
    for block in blocks(heading):
        if not block.place:
            continue
        file = tree / block.place
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if text and block.language == "python" and not block.text.startswith(("@", "def ")):
            text = _into_the_tuple(text, block.text)
        else:
            text += ("\n\n" if block.language == "python" else "\n") * bool(text) + block.text
        file.write_text(text, encoding="utf-8")
        places.append(block.place)
    return places


def replace(file: Path, old: str, new: str) -> None:
    """Put `new` for the one `old` in a file.

    Raises:
        ValueError: It is not there, or more than once.
    """
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{old!r} is {text.count(old)} times in {file.name}")
    file.write_text(text.replace(old, new), encoding="utf-8")


def type_in(command: str, tree: Path, *, seconds: float = 60.0, **environment: str) -> None:
    """Type a command in the copy, with its source first on the path.

    Raises:
        AssertionError: It ended with another code than 0.
    """
    program, _, rest = command.partition(" ")
    known = {"schoolsim": f"{sys.executable} -m schoolsim", "python": sys.executable}
    rest = rest.replace("-m pytest ", "-m pytest -q -n0 -p no:cacheprovider ")
    line = f"{known[program]} {rest}"
    done = subprocess.run(
        line, shell=True, cwd=tree, capture_output=True, text=True, check=False, timeout=seconds,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), **environment},
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
