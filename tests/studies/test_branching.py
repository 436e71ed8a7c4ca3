"""All policies of a world and seed begin from one burn-in, and every byte is as with `branch = "none"`."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.config import config_from_mapping
from schoolsim.parameters.errors import ConfigError
from schoolsim.studies import Execution, resume
from schoolsim.studies.model import ModelReference
from schoolsim.studies.replications import Precision
from schoolsim.studies.schedule import ContrastSchedule, PrecisionSchedule, schedule_of
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import require_manifest
from schoolsim.studies.store.stored_plan import stored_plan
from schoolsim.studies.study import Study
from schoolsim.system import twin
from schoolsim.system.compiling import compile_once
from schoolsim.system.simulation import Simulation
from tests.studies.models import normal
from tests.studies.plans import tables

#: Policies that differ in programmes, networks and brokers, in a lever of the whole system, and in two worlds.
CONFIG: dict[str, object] = {
    "title": "Branching",
    "years": 2,
    "burn_in_years": 1,
    "replications": 2,
    "population": {"schools": 8},
    "constants": {"practice.number": 4, "practice.slots": 1},
    "uncertainties": {"market.choice_weight": [0.2, 1.0]},
    "levers": {"tables.published": [True, False], "programme.partners_each": 1},
    "linked": [
        {
            "parameters": ["programme.originators", "programme.structure", "programme.networks", "broker.number"],
            "values": [[0, "star", 0, 1], [2, "star", 0, 1], [0, "cluster", 1, 3], [0, "star", 0, {0: 1, 1: 2}]],
        }
    ],
    "outcomes": {
        "report": ["progress.mean", "effect.mean"],
        "measure": ["trust.mean", "partnerships.active", "broker.knowledge", "networks.led", "effect.partner"],
        "keep": ["trust.mean"],
        "schools": ["progress"],
    },
}


def study(**more: object) -> Study:
    return Study(config_from_mapping({**CONFIG, **more}), name="branching")


def run(made: Study, folder: Path, **how: object) -> dict[str, str]:
    made.run(out=folder, **{"executor": "serial", "progress": False, **how})  # type: ignore[arg-type] # keywords
    return tables(folder)


class Stop:
    """Stops a sweep as Ctrl-C would, once so many runs have been made."""

    def __init__(self, after: int) -> None:
        self._after = after

    def __call__(self, now: object) -> None:
        if now.made >= self._after:  # type: ignore[attr-defined] # of a Progress
            raise KeyboardInterrupt


def test_every_byte_is_as_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run(study(branch="none"), tmp_path / "plain")
    burn_ins: list[int] = []
    build = Simulation.checkpoint
    monkeypatch.setattr(Simulation, "checkpoint", lambda self: (burn_ins.append(self.clock.half_term), build(self))[1])
    branched = run(study(), tmp_path / "branched")
    assert branched == plain
    assert len(branched) > 2
    # Two worlds, tables published or not, two seeds: 8 burn-ins for 32 runs and their twins.
    assert burn_ins == [0] * 8
    with pytest.raises(KeyboardInterrupt):
        run(study(), tmp_path / "stopped", progress=Stop(5))
    folder = Folder(tmp_path / "stopped")
    assert stored_plan(folder, require_manifest(folder)).model.shortcuts == {"branch": "burn_in"}
    burn_ins.clear()
    resume(tmp_path / "stopped", Execution(executor="serial", progress=False))
    assert tables(tmp_path / "stopped") == plain
    assert 5 < len(burn_ins) < 8


@pytest.mark.slow
def test_workers_give_the_same_bytes(tmp_path: Path) -> None:
    branched = run(study(), tmp_path / "branched")
    assert run(study(), tmp_path / "processes", executor="processes", workers=2) == branched


@pytest.mark.slow
def test_a_precision_is_reached_by_the_same_runs(tmp_path: Path) -> None:
    rule = {"precision": 0.5, "absolute": {"progress.mean": 0.05, "effect.mean": 0.05}, "min": 2, "max": 4}
    few = {"levers": {}, "uncertainties": {}, "replications": rule}
    assert run(study(**few, branch="none"), tmp_path / "plain") == run(study(**few), tmp_path / "branched")


def test_runs_that_share_a_burn_in_are_handed_out_together() -> None:
    plan = study(replications=12).plan
    schedule = schedule_of(plan)
    chunks = list(iter(lambda: schedule.take(5), []))
    assert len(chunks) == 4 * 12
    assert {len(chunk) for chunk in chunks} == {4}
    for chunk in chunks:
        assert len({(task.seed, task.parameters["market.choice_weight"]) for task in chunk}) == 1
        assert len({task.parameters["tables.published"] for task in chunk}) == 1
    assert len({task.run for chunk in chunks for task in chunk}) == 16 * 12
    assert study(branch="none", replications=12).plan.identity == plan.identity


@pytest.mark.parametrize("kind", [PrecisionSchedule, ContrastSchedule])
def test_rounds_of_replications_keep_them_together_too(kind: type[PrecisionSchedule | ContrastSchedule]) -> None:
    plan = study(replications={"precision": 0.01, "min": 3, "max": 3}).plan
    assert isinstance(plan.replications, Precision)
    schedule = kind(plan, plan.replications)
    chunks = list(iter(lambda: schedule.take(5), []))
    assert {len(chunk) for chunk in chunks} == {4}
    assert len({task.run for chunk in chunks for task in chunk}) == 16 * 3


def test_a_chunk_of_many_short_burn_ins_is_filled() -> None:
    schedule = schedule_of(study(replications=12).plan)
    assert [len(schedule.take(10)) for _ in range(3)] == [8, 8, 8]
    assert [len(schedule.take(2)) for _ in range(4)] == [2, 2, 2, 2]


@pytest.mark.parametrize("branch", ["burn_in", "none"])
def test_policies_share_the_run_that_effects_are_read_against(
    branch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_once()  # which makes one
    made: list[int] = []
    build = twin.Twin.__init__
    monkeypatch.setattr(twin.Twin, "__init__", lambda self, run: (made.append(1), build(self, run))[1])
    run(study(branch=branch), tmp_path)
    # Two worlds, tables published or not, two seeds.
    assert len(made) == 8


def test_another_word_is_refused() -> None:
    with pytest.raises(ConfigError, match='"branch".*"burn_in"'):
        study(branch="burnin")
    assert Study(config_from_mapping(CONFIG), ModelReference.of(normal)).plan.burn_ins is None
