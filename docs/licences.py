"""Write docs/licences.md, the licences of what schoolsim runs on: `python docs/licences.py` (or `make lock`).

Read from what the packages say of themselves, installed from requirements/run.txt. A package that is installed on
another system alone is named with its condition; its licence is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements" / "run.txt"
PAGE = ROOT / "docs" / "licences.md"
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; (?P<condition>[^\\]+?))?\s*\\?$", re.MULTILINE)
CLASSIFIER = "License :: "

HEAD = """# Licences of what it rests on

schoolsim itself is under the [MIT licence](https://spdx.org/licenses/MIT.html). `make demo` installs the packages
below in these versions. Each licence is what the package's own metadata says; `python docs/licences.py` reads it again.

| Package | Version | Licence |
| --- | --- | --- |
"""


def licence(name: str) -> str | None:
    """What an installed package's metadata says its licence is; None where it is not installed here."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    classifiers = [row.rsplit(" :: ", 1)[1] for row in said.get_all("Classifier") or () if row.startswith(CLASSIFIER)]
    text = said.json.get("license_expression") or "; ".join(classifiers) or said.json.get("license") or "not said"
    return str(text).strip().splitlines()[0]


def pinned() -> Iterator[tuple[str, str, str | None]]:
    """Name, version and condition of each package in the lock file."""
    for found in PINNED.finditer(LOCK.read_text(encoding="utf-8")):
        yield found["name"], found["version"], found["condition"]


def page() -> str:
    """The page, in Markdown."""
    rows = []
    for name, version, condition in pinned():
        said = licence(name)
        if said is None:
            said = f"installed only where `{condition}`; not read here" if condition else "not installed here"
        rows.append(f"| {name} | {version} | {said} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
