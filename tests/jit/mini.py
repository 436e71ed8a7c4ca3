"""A package of three modules that compiles as schoolsim does, to be edited, copied and run elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import schoolsim

PACKAGE = Path(schoolsim.__file__).parent

#: `run` stands on `rule`, `other` on nothing.
_SOURCES = {
    "__init__.py": "",
    "rule.py": "from mini.jit import compiled\n\n\n@compiled\ndef rule(x: float) -> float:\n    return x + 1.0\n",
    "run.py": (
        "from mini.jit import compiled\nfrom mini.rule import rule\n\n\n"
        "@compiled\ndef run(x: float) -> float:\n    return 10.0 * rule(x)\n"
    ),
    "other.py": "from mini.jit import compiled\n\n\n@compiled\ndef other(x: float) -> float:\n    return -x\n",
}
_ASK = (
    "from mini.run import run\nfrom mini.other import other\n"
    "print(run(1.0), other(1.0), sum(run.stats.cache_hits.values()), sum(other.stats.cache_hits.values()))"
)


@dataclass(frozen=True)
class Mini:
    """Where it stands, and where its machine code is kept."""

    folder: Path
    cache: Path

    def module(self, name: str) -> Path:
        """A file of the package."""
        return self.folder / "mini" / f"{name}.py"

    def process(self, **environment: str) -> subprocess.Popen[str]:
        """A new process that prints what `asked` returns."""
        given = {
            "PYTHONPATH": str(self.folder),
            "SCHOOLSIM_CACHE_DIR": str(self.cache),
            # Python's own cache goes by when a file was written, which `edit` hides.
            "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": "",
            **environment,
        }
        return subprocess.Popen(
            [sys.executable, "-c", _ASK], env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def asked(self, **environment: str) -> list[float]:
        """run(1), other(1), and how many of their machine codes came from the cache, in a new process."""
        return answer(self.process(**environment))

    def kept(self) -> list[str]:
        """Functions whose machine code is in the cache, once for each folder it is in."""
        return sorted(file.name.split("-")[0] for file in self.cache.rglob("*.nbi"))


def answer(process: subprocess.Popen[str]) -> list[float]:
    """What a process printed."""
    printed, complaints = process.communicate(timeout=240)
    assert process.returncode == 0, complaints
    return [float(word) for word in printed.split()]


def made(folder: Path, cache: Path) -> Mini:
    """The package, written to a folder."""
    (folder / "mini").mkdir(parents=True)
    for name, source in _SOURCES.items():
        (folder / "mini" / name).write_text(source, encoding="utf-8")
    source = (PACKAGE / "jit.py").read_text(encoding="utf-8").replace("schoolsim.", "mini.")
    (folder / "mini" / "jit.py").write_text(source, encoding="utf-8")
    return Mini(folder, cache)


def edit(file: Path, before: str, after: str) -> None:
    """Change a source, and let it look as old as it did."""
    source, status = file.read_text(encoding="utf-8"), file.stat()
    assert before in source
    file.write_text(source.replace(before, after), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
