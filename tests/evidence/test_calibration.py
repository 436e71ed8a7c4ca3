"""Calibration gives back what made the data: on a cheap function here, on the school model when slow tests run."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.config.locate import find_config
from schoolsim.config.write import to_toml
from schoolsim.evidence.calibration import (
    Calibrated,
    Emulator,
    Setup,
    Simulated,
    Target,
    calibrate,
    in_model,
    read_setup,
)
from schoolsim.evidence.page_calibration import VAGUE
from schoolsim.evidence.runs.model import posterior_path, posterior_table
from schoolsim.parameters import REGISTRY, ConfigError, UserError
from schoolsim.studies import Execution

STORED = Path(__file__).parents[2] / "docs" / "evidence"
TRUE = {"learning.rate": 5.5, "home.hours": 4.0, "practice.dip": 0.006}
BOUNDS = {"learning.rate": (1.0, 8.0), "home.hours": (2.0, 12.0), "practice.dip": (0.0, 0.02)}


def formula(sets: pd.DataFrame) -> np.ndarray:
    """Four outcomes of three parameters: curved, and none of them a parameter by itself."""
    rate, hours, dip = sets["learning.rate"], sets["home.hours"], sets["practice.dip"] * 100.0
    return np.column_stack([np.log(rate) * hours, rate - dip**2, np.sqrt(hours) + dip, rate * dip])


def noisy(setup: Setup, sets: pd.DataFrame, name: str) -> Simulated:
    """The formula with the luck of a few runs."""
    seed = sum(map(ord, name))
    means = formula(sets)
    spread = 0.1 * np.ones_like(means)
    luck = np.random.default_rng(seed).normal(0.0, spread / np.sqrt(3.0))
    return Simulated(means + luck, spread**2 / 3.0)


@pytest.fixture(scope="module")
def setup() -> Setup:
    values = formula(pd.DataFrame([TRUE]))[0]
    targets = [Target(str(place), "", float(value), 0.3, "") for place, value in enumerate(values)]
    return Setup("made up", BOUNDS, targets, seed=5, points=60, final=100, checked=10, candidates=2**16)


@pytest.fixture(scope="module")
def found(setup: Setup) -> Calibrated:
    return calibrate(setup, noisy)


def test_known_parameters_come_back(found: Calibrated) -> None:
    for row in found.parameters.to_dict("records"):
        assert row["low"] <= TRUE[row["parameter"]] <= row["high"], row
        assert row["sd_over_prior"] < 0.6, row


def test_the_sample_says_what_the_intervals_say(found: Calibrated) -> None:
    assert len(found.posterior) == 100
    for row in found.parameters.to_dict("records"):
        values = found.posterior[row["parameter"]]
        assert abs(values.mean() - row["mean"]) < 0.2 * (row["high"] - row["low"])
        assert values.between(*BOUNDS[row["parameter"]]).all()


def test_most_of_the_prior_is_ruled_out(found: Calibrated) -> None:
    assert 0.0 < found.parameters["not_ruled_out"].iloc[0] < 0.1


def test_intervals_hold_made_up_truths_as_often_as_they_say(found: Calibrated) -> None:
    assert list(found.coverage["parameter"]) == list(BOUNDS)
    assert (found.coverage["truths"] == 50).all()
    assert found.coverage["as_promised"].all(), found.coverage
    assert (found.coverage["spread_made_up"] < 0.8).all()


@pytest.mark.slow
def test_intervals_that_promise_too_much_are_found_out(setup: Setup) -> None:
    """The model of the made-up worlds has luck that neither emulators nor targets know of."""

    def luckier(setup: Setup, sets: pd.DataFrame, name: str) -> Simulated:
        made = noisy(setup, sets, name)
        luck = np.random.default_rng(1).normal(0.0, 3.0, made.means.shape) if name == "truths" else 0.0
        return Simulated(made.means + luck, made.variances)

    covered = calibrate(setup, luckier).coverage
    assert not covered["as_promised"].any()
    assert (covered["covered"] < covered["least"]).all()


def test_the_fit_is_met_and_the_prior_is_wider(found: Calibrated) -> None:
    assert set(found.fit["verdict"]) == {"met"}
    assert (
        found.fit["posterior_high"] - found.fit["posterior_low"] < found.fit["prior_high"] - found.fit["prior_low"]
    ).all()


@pytest.mark.slow
def test_what_was_not_the_cause_does_not_come_back(setup: Setup) -> None:
    wrong = formula(pd.DataFrame([{**TRUE, "learning.rate": 1.5}]))[0]
    other = calibrate(setup.against(list(wrong)), noisy)
    row = other.parameters.set_index("parameter").loc["learning.rate"]
    assert row["high"] < TRUE["learning.rate"]


@pytest.mark.slow
def test_a_target_out_of_reach_is_told_as_missed(setup: Setup) -> None:
    out = calibrate(setup.against([60.0, *setup.values[1:]]), noisy)
    assert out.fit["verdict"].iloc[0] == "missed"


def test_the_emulator_knows_what_it_does_not_know() -> None:
    unit = np.random.default_rng(1).random((40, 2)) * [0.5, 1.0]
    emulator = Emulator(unit, np.sin(6.0 * unit[:, 0]) + unit[:, 1], np.full(40, 1e-4))
    mean, near = emulator.predict(np.array([[0.25, 0.5]]))
    assert mean[0] == pytest.approx(np.sin(1.5) + 0.5, abs=0.05)
    assert emulator.predict(np.array([[1.0, 0.5]]))[1][0] > 10.0 * near[0]


def test_a_missing_library_is_told_before_anything_runs(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    def runs(*_: object) -> Simulated:
        raise AssertionError("something was run")

    monkeypatch.setattr("schoolsim.evidence.calibration.emulator.find_spec", lambda name: None)
    with pytest.raises(UserError, match=r'needs scikit-learn: pip install "schoolsim\[calibrate\]"'):
        calibrate(setup, runs)


def test_the_shipped_setups_are_right_and_their_sample_fits_them() -> None:
    _, setup = read_setup("magnitudes")
    table = posterior_table()
    assert list(table.columns) == list(setup.parameters)
    assert len(table) == setup.final
    for name, (low, high) in setup.parameters.items():
        assert table[name].between(low, high).all()
        assert REGISTRY[name].role == "uncertainty"


def test_a_slip_in_a_setup_is_told(tmp_path: Path) -> None:
    path = tmp_path / "slip.toml"
    path.write_text(
        'title = "x"\n[parameters]\n"learning.rat" = { low = 1.0, high = 2.0 }\n[cells.a]\n[[targets]]\nid = "x"\n'
    )
    with pytest.raises(
        ConfigError, match=r'slip.toml: "learning.rat" is not a parameter. Did you mean "learning.rate"'
    ):
        read_setup(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "3"), ("parameters", "3"), ("parameters", "[]"), ("targets", '"x"'), ("targets", "[3]"),
        ("cells", "[1]"),
        ("points", "0"), ("points", '"many"'), ("years", "1.5"), ("seed", "-1"), ("fast", "{ points = 0 }"),
        ("fast", "{ title = 3 }"), ("setting", "1"), ("sources", '"x"'), ("cells", "{ a = 3 }"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_one_message(key: str, value: str, tmp_path: Path) -> None:
    shipped = find_config("calibration/magnitudes", Path.cwd()).read_text(encoding="utf-8")
    data = {**tomllib.loads(shipped), key: tomllib.loads(f"x = {value}")["x"]}
    path = tmp_path / "slip.toml"
    path.write_text(to_toml(data), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"slip.toml"):
        read_setup(path)


@pytest.mark.parametrize("text", ['["hunter2"]\n"hunter2" = "hunter2"\n', "hunter2\n"])
def test_nothing_of_a_file_that_a_link_leads_to_is_shown(text: str, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "secret.toml").write_text(text)
    (tmp_path / "project" / "link.toml").symlink_to(tmp_path / "secret.toml")
    with pytest.raises(ConfigError) as caught:
        read_setup(tmp_path / "project" / "link.toml")
    assert "hunter2" not in str(caught.value)


@pytest.mark.slow
@pytest.mark.timeout(3600)  # some 17,000 runs
def test_the_calibration_gives_the_stored_tables_to_the_byte(tmp_path: Path) -> None:
    _, setup = read_setup("magnitudes")
    calibrate(setup, in_model(tmp_path / "runs", Execution(progress=False))).save(tmp_path)
    for name in ("parameters", "fit", "coverage"):
        assert (tmp_path / f"{name}.csv").read_bytes() == (STORED / f"calibration_{name}.csv").read_bytes()
    path = posterior_path()
    assert path is not None
    assert (tmp_path / "posterior.csv").read_bytes() == path.read_bytes()


def test_intervals_of_what_was_learnt_hold_made_up_truths_as_often_as_they_say() -> None:
    covered = pd.read_csv(STORED / "calibration_coverage.csv")
    learnt = covered[covered["spread_left"] <= VAGUE]
    assert len(learnt) > 0
    assert learnt["as_promised"].all(), learnt
