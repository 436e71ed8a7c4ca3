"""Evaluations of simulated schools: the true effect is the run's own, and the same design gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import schoolsim as ss
from schoolsim.config import config_from_mapping
from schoolsim.evaluations.worlds import make_worlds
from schoolsim.parameters.errors import ConfigError, UserError
from schoolsim.studies import Execution
from schoolsim.studies.seeds import replication_seed

SERIAL = Execution("serial", progress=False)
SMALL: dict[str, Any] = {
    "title": "small", "base": "programmes/beacon", "years": 1, "replications": 4, "seed": 3,
    "levers": {"programme.originators": 2, "programme.partners_each": 1},
    "constants": {"setting.schools": 12},
    "evaluation": {"treated": "authorities", "authorities": [4], "samples": 20},
}  # fmt: skip


def with_evaluation(**keys: Any) -> dict[str, Any]:
    return {**SMALL, "evaluation": {**SMALL["evaluation"], **keys}}


def test_the_true_effect_is_that_of_the_run_beside_its_twin(tmp_path: Path) -> None:
    config = config_from_mapping(SMALL)
    assert config.evaluation is not None
    worlds = make_worlds(config, config.evaluation, tmp_path, SERIAL)
    (arm,) = worlds.arms
    for replication in range(2):
        system = ss.SchoolSystem("programmes/beacon", {**SMALL["levers"], **SMALL["constants"]},
                                 seed=replication_seed(3, replication)).run(1)  # fmt: skip
        expected = system.effects().sort_values("urn")
        own = worlds.run == replication
        effect = worlds.points * (arm.progress[own, -1] - worlds.progress[own, -1])
        assert np.allclose(effect, expected["effect"])
        assert np.array_equal(arm.published[own, -1], expected["results"])
        assert np.array_equal(np.isfinite(arm.joined[own]), expected["role"] != "neither")
    assert (arm.progress[:, 0] == worlds.progress[:, 0]).all()
    assert (arm.progress[:, -1] != worlds.progress[:, -1]).any()


def test_a_later_start_is_an_arm_that_is_as_without_until_then(tmp_path: Path) -> None:
    config = config_from_mapping({**with_evaluation(starts=[0, 1]), "years": 2})
    assert config.evaluation is not None
    worlds = make_worlds(config, config.evaluation, tmp_path, SERIAL)
    now, later = worlds.arms
    assert np.array_equal(later.progress[:, :2], worlds.progress[:, :2])
    assert not np.array_equal(now.progress[:, 1], worlds.progress[:, 1])
    assert not np.array_equal(later.progress[:, 2], worlds.progress[:, 2])


def test_half_of_the_schools_by_lot_are_those_the_programme_covers(tmp_path: Path) -> None:
    config = config_from_mapping({
        "title": "half", "years": 1, "replications": 3, "constants": {"setting.schools": 12},
        "programmes": [{"use": "beacon", "where": {"share": 0.5}}],
        "evaluation": {"treated": "covered", "authorities": [2], "samples": 20},
    })  # fmt: skip
    assert config.evaluation is not None
    worlds = make_worlds(config, config.evaluation, tmp_path, SERIAL)
    assert np.isfinite(worlds.covered).reshape(3, 12).sum(axis=1).tolist() == [6, 6, 6]
    assert not np.isfinite(worlds.arms[0].joined[np.isinf(worlds.covered)]).any()


@pytest.mark.slow
def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    ss.evaluate(config_from_mapping(SMALL), out=tmp_path / "one", execution=SERIAL)
    two = Execution("processes", 2, progress=False)
    ss.evaluate(config_from_mapping(SMALL), out=tmp_path / "two", execution=two)
    for name in ("evaluation.csv", "samples.csv", "design.toml", "without/schools.parquet", "with_0/schools.parquet"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_second_call_makes_no_run_and_says_the_same(tmp_path: Path) -> None:
    found = ss.evaluate(config_from_mapping(SMALL), out=tmp_path / "one", execution=SERIAL)
    made = (tmp_path / "one" / "with_0" / "runs.parquet").stat().st_mtime_ns
    again = ss.evaluate(tmp_path / "one" / "design.toml", out=tmp_path / "one", execution=SERIAL)
    assert again.samples.equals(found.samples)
    assert (tmp_path / "one" / "with_0" / "runs.parquet").stat().st_mtime_ns == made


def test_a_planted_model_is_evaluated_as_the_school_model_is(tmp_path: Path) -> None:
    config = config_from_mapping({**SMALL, "replications": 30, "evaluation": {
        "treated": "authorities", "authorities": [20], "samples": 100, "estimator": "difference",
    }})  # fmt: skip
    found = ss.evaluate(config, out=tmp_path, execution=SERIAL, model=Planted())
    (row,) = found.table.to_dict("records")
    assert row["effect"] == pytest.approx(5.0)
    assert row["bias_low"] < 0 < row["bias_high"]
    assert row["power"] > 0.9
    assert row["false_alarms"] < 0.15


class Planted:
    """Schools that publish noise, and five points more with a programme."""

    version = "1"

    def run(self, parameters: dict[str, object], seed: int) -> Any:
        from schoolsim.outcomes.schools import SchoolValues
        from schoolsim.parameters import Scenario
        from schoolsim.studies import RunResult
        from schoolsim.system.simulation import Population

        scenario = Scenario.of(parameters)
        urn = Population().table(scenario, seed).urn
        noise = np.random.default_rng(seed).standard_normal((2, len(urn)))
        gain = np.array([[0.0], [5.0 if scenario.programmes else 0.0]]) + 0.0 * noise
        joined = np.where(gain > 0, 0.0, -1.0)
        points = float(scenario["result.points"])
        values = {"progress": (noise + gain) / points, "published": noise + gain, "joined": joined}
        return RunResult({"progress.mean": 0.0}, schools=SchoolValues(urn, np.array([-1, 5]), values))


def test_replications_of_several_authorities_have_more_to_draw_from() -> None:
    config = config_from_mapping({**SMALL, "replications": 3, "constants": {"setting.schools": 3_000}})
    assert config.evaluation is not None
    assert max(config.evaluation.authorities) > 3


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"replications": 3}, 'up to 4 are drawn from 3, one a replication: raise "replications"'),
        ({"evaluation": {"treated": "nobody"}}, r"\[evaluation\] treated cannot be"),
        (with_evaluation(authorities=[2]), "2 is too few"),
        (with_evaluation(attrition=0.1), r'attrition means something with data = "survey" only'),
        (with_evaluation(years=[2]), "2 is not from 1 to 1: the study runs 1 years"),
        (with_evaluation(years=[1, 1]), "years lists 1 twice"),
        (with_evaluation(treated="joined", starts=[0, 1]), r'starts means something with treated = "authorities" only'),
        (with_evaluation(estimatr="difference"), 'Did you mean "estimator"'),
    ],
)
def test_a_mistake_in_a_design_is_told(keys: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config_from_mapping({**SMALL, **keys})


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"base": [], "levers": {}}, "has no programme"),
        ({"uncertainties": {"market.choice_weight": [0.2, 1.0]}}, "varies market.choice_weight"),
        ({"evaluation": None}, r"has no \[evaluation\]"),
    ],
)
def test_a_config_that_cannot_be_evaluated_is_refused(keys: dict[str, Any], message: str, tmp_path: Path) -> None:
    given = {key: value for key, value in {**SMALL, **keys}.items() if value is not None}
    with pytest.raises(UserError, match=message):
        ss.evaluate(config_from_mapping(given), out=tmp_path, execution=SERIAL)


def test_a_design_written_out_reads_back(tmp_path: Path) -> None:
    config = config_from_mapping(with_evaluation(data="survey", attrition=0.1, schools=[5, 10]))
    (tmp_path / "design.toml").write_text(config.to_toml(), encoding="utf-8")
    assert ss.load_config(tmp_path / "design.toml").evaluation == config.evaluation
