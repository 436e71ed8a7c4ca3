"""`branch = "burn_in"`: all policies of a world and seed begin from one burn-in, and every byte is as without."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.config import config_from_mapping
from schoolsim.parameters.errors import ConfigError
from schoolsim.studies import Execution, resume
from schoolsim.studies.model import ModelReference
from schoolsim.studies.schedule import schedule_of
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import require_manifest
from schoolsim.studies.store.stored_plan import stored_plan
from schoolsim.studies.study import Study
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
    plain = run(study(), tmp_path / "plain")
    burn_ins: list[int] = []
    build = Simulation.checkpoint
    monkeypatch.setattr(Simulation, "checkpoint", lambda self: (burn_ins.append(self.clock.half_term), build(self))[1])
    branched = run(study(branch="burn_in"), tmp_path / "branched")
    assert branched == plain
    assert len(branched) > 2
    # Two worlds, tables published or not, two seeds: 8 burn-ins for 32 runs and their twins.
    assert burn_ins == [0] * 8
    with pytest.raises(KeyboardInterrupt):
        run(study(branch="burn_in"), tmp_path / "stopped", progress=Stop(5))
    folder = Folder(tmp_path / "stopped")
    assert stored_plan(folder, require_manifest(folder)).model.shortcuts == {"branch": "burn_in"}
    burn_ins.clear()
    resume(tmp_path / "stopped", Execution(executor="serial", progress=False))
    assert tables(tmp_path / "stopped") == plain
    assert 5 < len(burn_ins) < 8


@pytest.mark.slow
def test_workers_give_the_same_bytes(tmp_path: Path) -> None:
    branched = run(study(branch="burn_in"), tmp_path / "branched")
    assert run(study(branch="burn_in"), tmp_path / "processes", executor="processes", workers=2) == branched


def test_a_precision_is_reached_by_the_same_runs(tmp_path: Path) -> None:
    rule = {"precision": 0.5, "absolute": {"progress.mean": 0.05, "effect.mean": 0.05}, "min": 2, "max": 4}
    few = {"levers": {}, "uncertainties": {}, "replications": rule}
    assert run(study(**few), tmp_path / "plain") == run(study(**few, branch="burn_in"), tmp_path / "branched")


def test_runs_that_share_a_burn_in_are_handed_out_together() -> None:
    plan = study(branch="burn_in", replications=12).plan
    schedule = schedule_of(plan)
    chunks = list(iter(lambda: schedule.take(100), []))
    assert len(chunks) == 4 * 12
    assert {len(chunk) for chunk in chunks} == {4}
    for chunk in chunks:
        assert len({(task.seed, task.parameters["market.choice_weight"]) for task in chunk}) == 1
        assert len({task.parameters["tables.published"] for task in chunk}) == 1
    assert len({task.run for chunk in chunks for task in chunk}) == 16 * 12
    plain = study(replications=12).plan
    assert plain.burn_ins is None
    assert plain.identity == plan.identity


def test_it_is_refused_where_it_means_nothing() -> None:
    with pytest.raises(ConfigError, match="burn_in_years must be 1 or more"):
        study(branch="burn_in", burn_in_years=0)
    with pytest.raises(ConfigError, match='"branch".*"burn_in"'):
        study(branch="burnin")
    with pytest.raises(ConfigError, match="is of the school model"):
        Study(config_from_mapping({**CONFIG, "branch": "burn_in"}), ModelReference.of(normal))
