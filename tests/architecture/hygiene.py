"""What a reader of the repository must never find in its files."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

LARGEST = 1 << 20
"""Bytes a file may have; larger ones make every clone slow for ever."""

# Folders that are made here and never belong to the repository; needed where there is no git.
_MADE_HERE = {
    ".git", ".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis",
    "__pycache__", ".ipynb_checkpoints", "site", "dist", "parts", "failures",
}  # fmt: skip

# A path that only one machine has. The bracketed letters keep this file from finding itself. Both begin with a sign
# that is looked for quickly; what must stand before it is told afterwards.
_MACHINE_PATHS = (
    re.compile(r"/(?:(?<![\w./~-]/)|(?<=file:///))(?:[h]ome|[U]sers|[r]oot|[w]ork|[t]mp|[m]nt|[f]arm)/[\w.-]+"),
    re.compile(r":(?<=\b[A-Z]:)\\[U]sers\\"),
)
# Package registries, as the beginning of a SHA-256: a list of their names would itself name them.
_HOSTS = {
    "a4aa2ac280bb8d1a", "8b5bb5eb9d758455", "0dc11026ac75c015", "51c6b9f69c48a75b", "e680c440a2e92079",
    "789e46d79514e280", "00a7dc5a0cc38858",
}  # fmt: skip
# A name is tried from its beginning only, and never given back letter by letter: all files are read for it.
_HOST = re.compile(r"(?<![a-z0-9-])(?:[a-z0-9-]++\.)+[a-z]+")
_INDEX_OPTION = re.compile(r"--(?:extra-)?[i]ndex-url|--[f]ind-links|--[t]rusted-host")


def repository_files(root: Path) -> list[Path]:
    """Files that are, or would be, committed: those git tracks or would add.

    Where there is no git (a copy, a source archive) every file is taken but what is made here.
    """
    if (root / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        files = [root / name for name in listed.stdout.split("\0") if name]
    else:
        files = [
            file
            for file in root.rglob("*")
            if not _MADE_HERE & set(file.relative_to(root).parts)
            and file.name not in {"runs.parquet", "series.parquet"}
        ]
    return sorted(file for file in files if file.is_file())


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from enumerate(text.splitlines(), start=1)


def machine_paths(files: Iterable[Path]) -> list[str]:
    """Lines that name a path of somebody's machine."""
    return [
        f"{file}:{number}: {found.group()}"
        for file in files
        for number, line in _lines(file)
        for pattern in _MACHINE_PATHS
        if (found := pattern.search(line))
    ]


@cache
def _is_registry(host: str) -> bool:
    """Whether a host, or a domain it belongs to, is a registry's."""
    labels = host.split(".")
    domains = (".".join(labels[first:]) for first in range(len(labels)))
    return any(hashlib.sha256(domain.encode()).hexdigest()[:16] in _HOSTS for domain in domains)


def registry_hosts(files: Iterable[Path]) -> list[str]:
    """Lines that name a package registry, or tell an installer where to look."""
    return [
        f"{file}:{number}: {line.strip()[:100]}"
        for file in files
        for number, line in _lines(file)
        if any(map(_is_registry, _HOST.findall(line.lower()))) or (file.suffix == ".txt" and _INDEX_OPTION.search(line))
    ]


def too_large(files: Iterable[Path]) -> list[str]:
    """Files over `LARGEST` bytes."""
    sizes = ((file, file.stat().st_size) for file in files)
    return [f"{file}: {size} bytes, {LARGEST} at most" for file, size in sizes if size > LARGEST]


def changelog_entries(text: str) -> list[str]:
    """The list items of a changelog, each with the lines that continue it."""
    entries: list[str] = []
    for line in text.splitlines():
        if line.startswith(("- ", "* ")):
            entries.append(line)
        elif entries and line.startswith("  "):
            entries[-1] += " " + line.strip()
    return entries


def unflagged(text: str) -> list[str]:
    """Changelog entries that do not say whether they change results."""
    flag = re.compile(r"\(changes results: (?:yes|no)\)$")
    return [entry for entry in changelog_entries(text) if not flag.search(entry)]


def sections(text: str) -> dict[str, int]:
    """Second-level headings of a Markdown page, and the number of words under each."""
    words: dict[str, int] = {}
    heading = None
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
            words[heading] = 0
        elif heading is not None:
            words[heading] += len(line.split())
    return words


def undescribed(folder: Path) -> list[str]:
    """Config files under `folder` that do not say what they are or where that comes from."""
    findings = []
    for file in sorted(folder.glob("*.toml")):
        config = tomllib.loads(file.read_text(encoding="utf-8"))
        description, sources = config.get("description"), config.get("sources")
        if not isinstance(description, str) or not description.strip():
            findings.append(f"{file.name}: no description")
        if not isinstance(sources, list) or not all(isinstance(source, str) and source.strip() for source in sources):
            findings.append(f"{file.name}: sources is not a list of sentences")
        elif not sources:
            findings.append(f"{file.name}: no sources")
    return findings
