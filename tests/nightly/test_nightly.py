"""Nothing that is put to schoolsim makes it fail: a few quick cases always, some in `make test-all`, many at night."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from schoolsim.studies import Verification
from schoolsim.studies.designs import tables as design_tables
from schoolsim.studies.store import files, parts, sealed
from tests.nightly import deadly, kinds
from tests.nightly.kinds import KINDS, cases
from tests.nightly.workers import Workers
from tests.system import test_corners

pytestmark = pytest.mark.faults
#: Kinds of which a case is a whole sweep or a compilation.
LONG = ("kills", "machine_code", "soak")
each_kind = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in LONG else []) for name in KINDS]
)


def faults(name: str, seeds: range, folder: Path) -> list[str]:
    """The cases of a kind that are faults, each with the seed that repeats it."""
    return [f"{name} {seed}: {fault}" for seed, fault in cases(name, seeds, folder) if fault]


@each_kind
def test_a_few_cases(name: str, tmp_path: Path) -> None:
    assert faults(name, range(KINDS[name].few), tmp_path) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", KINDS)
def test_some_cases(name: str, tmp_path: Path) -> None:
    few = KINDS[name].few
    assert faults(name, range(few, few + KINDS[name].some), tmp_path) == []


# --- planted: the harness finds a defect of each kind ---------------------------------------------


def _refuse(*given: object, **more: object) -> object:
    raise TypeError("planted")


def _seals_break(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sealed.SealedFiles, "fault", _refuse)


def _files_believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sealed.SealedFiles, "require", lambda files, path: path)


def _ties_unguarded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("schoolsim.populations.ties.reading.Matching", _refuse)


def _places_unguarded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("schoolsim.populations.build_place", _refuse)


def _parts_unchecked(patch: pytest.MonkeyPatch) -> None:
    real = parts.read_part

    def unread(path: Path, *given: object, **more: object) -> object:
        try:
            return real(path, *given, **more)
        except Exception as error:
            raise ValueError("planted") from error

    patch.setattr(parts, "read_part", unread)


def _raw_disk_errors(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(files, "disk_errors", lambda path: nullcontext())


def _wrong_runs_are_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(kinds, "BEFORE", """
        from schoolsim.studies.store import parts
        real = parts.part_table
        def other(records):
            for record in records:
                record.outcomes = {name: value + 1 for name, value in record.outcomes.items()}
            return real(records)
        parts.part_table = other
    """)  # fmt: skip


def _memory_leaks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(kinds, "BEFORE", """
        from schoolsim.studies.store import parts
        real, kept = parts.PartWriter.add, []
        def leaking(writer, record):
            kept.append(bytes(100_000))
            real(writer, record)
        parts.PartWriter.add = leaking
    """)  # fmt: skip


def _a_rule_leaves_its_bounds(patch: pytest.MonkeyPatch) -> None:
    step = test_corners.Simulation.step

    def overflowing(simulation: test_corners.Simulation) -> None:
        step(simulation)
        simulation.state.teachers.values[0] = 1.5

    patch.setattr(test_corners.Simulation, "step", overflowing)


def _cache_is_wrong(patch: pytest.MonkeyPatch) -> None:
    real = kinds.mini.Mini.asked
    patch.setattr(kinds.mini.Mini, "asked", lambda self: [value + 1 for value in real(self)])


def _design_files_unguarded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(design_tables, "_typed", _refuse)


PLANTED: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], range]] = {
    "configs": (lambda patch: patch.setattr("schoolsim.config.settings._levels", _refuse), range(300)),
    "options": (lambda patch: patch.setattr("schoolsim.cli.errors._tell_usage", _refuse), range(40)),
    "results": (_seals_break, range(20)),
    "places": (_places_unguarded, range(1)),
    "ties": (_ties_unguarded, range(20)),
    "schools": (lambda patch: patch.setattr("schoolsim.populations.official.csvfile._inspect", _refuse), range(5)),
    "points": (_design_files_unguarded, range(20)),
    "half_a_sweep": (_parts_unchecked, range(40)),
    "disk": (_raw_disk_errors, range(40)),
    "kills": (_wrong_runs_are_kept, range(8)),
    "machine_code": (_cache_is_wrong, range(1)),
    "corners": (_a_rule_leaves_its_bounds, range(1)),
    "soak": (_memory_leaks, range(1)),
}


def test_a_defect_of_every_kind_is_planted() -> None:
    assert set(PLANTED) == set(KINDS)


@pytest.mark.slow
def test_damaged_files_that_are_believed_are_another_answer(
    tmp_path: Path, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (("answer",), "runs.parquet", True, False)
    seeds = [seed for seed in range(5000) if kinds.damage_drawn(random.Random(f"results {seed}")) == asked]
    _files_believed(monkeypatch)
    found = (fault for _, fault in cases("results", seeds, tmp_path))
    assert any("another answer" in fault for fault in found)


def test_damage_that_verify_does_not_see_is_a_fault(
    tmp_path: Path, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = ((seed, kinds.damage_drawn(random.Random(f"results {seed}"))) for seed in range(200))
    seeds = [seed for seed, (command, _, _, sealed) in drawn if command == ("verify",) and not sealed]
    monkeypatch.setattr("schoolsim.studies.verify", lambda folder: Verification(folder, "", 1, (), ()))
    found = (fault for _, fault in cases("results", seeds, tmp_path))
    assert any("nothing is found" in fault for fault in found)


def _told() -> None:
    for command in kinds.READING:
        kinds.undisturbed(command)


#: What cases of a kind copy or compare with, where it must be made before a defect is planted.
MADE: dict[str, tuple[Callable[[], object], ...]] = {
    "results": (kinds.study, _told),
    "schools": (kinds.made_schools,),
    "places": (kinds.made_schools,),
    "ties": (kinds.made_schools,),
    "points": (kinds.study, kinds.exported),
    "half_a_sweep": (kinds.swept,),
    "disk": (kinds.swept,),
    "kills": (kinds.swept,),
}


@pytest.fixture
def fresh(request: pytest.FixtureRequest) -> None:
    """What cases copy is made before a defect is planted."""
    given = getattr(request.node, "callspec", None)
    for made in MADE.get(given.params["name"] if given else "results", ()):
        made()


@each_kind
def test_a_planted_defect_is_found(name: str, tmp_path: Path, fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, seeds = PLANTED[name]
    plant(monkeypatch)
    assert any(fault for _, fault in cases(name, seeds, tmp_path))


# --- cases that never end, or end the process -----------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_case_that_hangs_or_ends_its_process_is_a_fault_and_the_others_go_on(tmp_path: Path) -> None:
    with Workers(1, tmp_path, deadly.cases) as workers:
        found = dict(workers.tried("points", range(8), longest=1.0))
    assert found.keys() == set(range(8))
    assert {seed: fault for seed, fault in found.items() if fault} == {
        deadly.HANGS: "does not end in 15 s", deadly.ENDS: f"ends the whole process with {deadly.CODE}",
    }  # fmt: skip
