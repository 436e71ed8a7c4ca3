"""Plant a sample of faults in rules and system, and print the share that the tests notice.

`python -m tests.mutants --seed 1 --number 200`; `--only system/trust` narrows it to some files.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from tests.mutants.planting import Mutant, mutants_of
from tests.mutants.running import Bench, Fate

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "src" / "schoolsim"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
ROOMS = ("rules", "system")
#: Not the model: what compiles it beforehand, which without the compiler does nothing.
LEFT_OUT = ("system/compiling.py",)
ASKED = 0.95
SECONDS = 90.0
PROGRESS = 25  # mutants between two lines of it

#: Quick without the compiler, and about what must hold: rules' cases and codes.
CASES = ["tests/rules/test_cases.py::test_a_rule_gives_what_was_worked_by_hand", "tests/rules/test_codes.py"]
#: Files with tests of their own, which take longer: what notebooks and studies see of the model, and trusts.
FACE = {
    "system/agents.py": "tests/system/test_mesa.py",
    "system/school_system.py": "tests/system/test_mesa.py",
    "system/simulation.py": "tests/system/test_mesa.py",
    "system/networks/graph.py": "tests/system/test_mesa.py",
    "system/partnerships/academies.py": "tests/system/test_academies.py",
    "system/initial/academies.py": "tests/system/test_trusts_of_a_place.py",
    "system/time_money/common_purse.py": "tests/system/test_common_purse.py",
}
#: Tests of this name take long without the compiler.
SLOW = ("compiling",)
#: Subjects whose hand-worked cases are in a file of another name: the phases' own tests run the whole model.
OTHERWISE = {"phases": "phase_order"}


def all_mutants(only: str = "") -> list[Mutant]:
    """Every fault that can be planted in rules and system."""
    found = []
    for room in ROOMS:
        for file in sorted((PACKAGE / room).rglob("*.py")):
            name = file.relative_to(PACKAGE)
            if name.as_posix() not in LEFT_OUT and name.as_posix().startswith(only):
                found += mutants_of(name, file.read_text(encoding="utf-8"))
    return found


def _test_of(subject: str) -> str:
    return f"test_{OTHERWISE.get(subject, subject)}.py"


def worked_by_hand() -> list[str]:
    """Files of tests of the system that run in seconds without the compiler: one a subject."""
    subjects = {path.stem for room in ROOMS for path in (PACKAGE / room).iterdir()}
    subjects -= set(SLOW)
    files = [REPOSITORY / "tests" / "system" / _test_of(subject) for subject in sorted(subjects)]
    return [file.relative_to(REPOSITORY).as_posix() for file in files if file.exists()]


def met_by(file: Path) -> list[str]:
    """The tests that a fault in a file meets: of its own subject first, then all others."""
    subject = file.parts[1].removesuffix(".py")
    own = [name for name in worked_by_hand() if name.endswith(f"/{_test_of(subject)}")]
    first = CASES + own if file.parts[0] == "rules" else own
    face = [FACE[file.as_posix()]] if file.as_posix() in FACE else []
    return list(dict.fromkeys([*first, *worked_by_hand(), *CASES, *face]))


def is_listed(mutant: Mutant, listed: list[dict[str, str]]) -> bool:
    """Whether a mutant is listed as one that changes nothing."""
    asked = {
        "file": mutant.file.as_posix(), "function": mutant.function, "before": mutant.before, "after": mutant.after,
    }  # fmt: skip
    return any(all(one[key] == value for key, value in asked.items()) for one in listed)


def report(found: list[Fate], equivalent: int) -> tuple[str, float]:
    """The shares killed, in words, and the one without those that change nothing."""
    killed = sum(bool(fate.killer) for fate in found)
    without = killed / max(1, len(found) - equivalent)
    with_them = killed / max(1, len(found))
    words = f"Noticed: {killed} of {len(found) - equivalent} ({without:.1%}); {with_them:.1%} of all {len(found)}"
    return f"{words}, with {equivalent} listed as changing nothing.", without


def main() -> int:
    """Plant, run, print; returns 1 where fewer are noticed than asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--number", type=int, default=200, help="of mutants; 0 for all")
    parser.add_argument("--only", default="", help="files that begin so, as in system/trust")
    chosen = parser.parse_args()
    mutants = all_mutants(chosen.only)
    sample = random.Random(chosen.seed).sample(mutants, min(chosen.number or len(mutants), len(mutants)))
    sample.sort(key=lambda mutant: (mutant.file.as_posix(), mutant.line))
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    print(f"{len(sample)} of {len(mutants)} mutants, seed {chosen.seed}.", flush=True)
    began, found, equivalent = time.monotonic(), [], 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(REPOSITORY, Path(folder), PACKAGE)
        failed, passed = bench.test(met_by(Path("system/state")), 10 * SECONDS)
        if failed:
            print(f"Without any fault {failed} fails: nothing can be said.")
            return 2
        print(f"{passed} tests pass without any fault ({time.monotonic() - began:.0f} s).", flush=True)
        for mutant in sample:
            fate = bench.fate(mutant, met_by(mutant.file), SECONDS)
            found.append(fate)
            if not fate.killer:
                same = is_listed(mutant, listed)
                equivalent += same
                print(f"{'changes nothing' if same else 'SURVIVES'}: {mutant}", flush=True)
            if len(found) % PROGRESS == 0:
                print(f"... {len(found)} after {time.monotonic() - began:.0f} s", flush=True)
    words, share = report(found, equivalent)
    print(f"{words} {time.monotonic() - began:.0f} s.")
    return 0 if share >= ASKED else 1


if __name__ == "__main__":
    sys.exit(main())
