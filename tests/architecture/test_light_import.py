"""`import schoolsim` costs little: what a command does not need is not loaded for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = frozenset({
    "SALib", "altair", "dask", "distributed", "igraph", "matplotlib", "mesa", "networkx", "pandas",
    "pyarrow", "scipy", "solara",
})  # fmt: skip


def loaded_by(statement: str, *, path: Path) -> set[str]:
    """Top-level names in `sys.modules` after `statement`, in a fresh interpreter.

    `path` comes first on its import path, and a .pth file that imports is not heeded twice:
    what an empty statement loads is not counted.
    """
    program = (
        "import json, sys\n"
        f"sys.path.insert(0, {str(path)!r})\n"
        "before = set(sys.modules)\n"
        f"{statement}\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_the_package_loads_nothing_heavy(package: Path) -> None:
    loaded = loaded_by("import schoolsim", path=package.parent)
    assert "schoolsim" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("heavy", ["networkx", "pyarrow"])
def test_a_heavy_import_is_seen(heavy: str, tmp_path: Path) -> None:
    (tmp_path / "weighty").mkdir()
    (tmp_path / "weighty" / "__init__.py").write_text("from weighty import inner\n")
    (tmp_path / "weighty" / "inner.py").write_text(f"import {heavy}\n")
    assert heavy in loaded_by("import weighty", path=tmp_path) & HEAVY
