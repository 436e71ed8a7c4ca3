"""Calibration gives back what made the data: on a cheap function here, on the school model when slow tests run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.evidence.calibration import Calibrated, Emulator, Setup, Target, Wave, calibrate, in_model, read_setup
from schoolsim.evidence.calibration.calibrating import parameter_sets
from schoolsim.evidence.runs.model import posterior_table
from schoolsim.parameters import REGISTRY, ConfigError, UserError
from schoolsim.studies import Execution

TRUE = {"learning.rate": 5.5, "home.hours": 4.0, "practice.dip": 0.006}
BOUNDS = {"learning.rate": (1.0, 8.0), "home.hours": (2.0, 12.0), "practice.dip": (0.0, 0.02)}


def formula(sets: pd.DataFrame) -> np.ndarray:
    """Four outcomes of three parameters: curved, and none of them a parameter by itself."""
    rate, hours, dip = sets["learning.rate"], sets["home.hours"], sets["practice.dip"] * 100.0
    return np.column_stack([np.log(rate) * hours, rate - dip**2, np.sqrt(hours) + dip, rate * dip])


def noisy(setup: Setup, sets: pd.DataFrame, name: str) -> Wave:
    """The formula with the luck of a few runs."""
    seed = sum(map(ord, name))
    means = formula(sets)
    spread = 0.1 * np.ones_like(means)
    luck = np.random.default_rng(seed).normal(0.0, spread / np.sqrt(3.0))
    return Wave(means + luck, spread**2 / 3.0)


@pytest.fixture(scope="module")
def setup() -> Setup:
    values = formula(pd.DataFrame([TRUE]))[0]
    targets = [Target(str(place), "", float(value), 0.3, "") for place, value in enumerate(values)]
    return Setup("made up", BOUNDS, targets, seed=5, points=30, final=100, checked=10, candidates=2**11)


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


def test_waves_rule_out_most_of_the_prior(found: Calibrated) -> None:
    assert len(found.waves) == 3
    assert found.waves["left"].iloc[-1] < 0.1


def test_the_fit_is_met_and_the_prior_is_wider(found: Calibrated) -> None:
    assert set(found.fit["verdict"]) == {"met"}
    assert (
        found.fit["posterior_high"] - found.fit["posterior_low"] < found.fit["prior_high"] - found.fit["prior_low"]
    ).all()


def test_what_was_not_the_cause_does_not_come_back(setup: Setup) -> None:
    wrong = formula(pd.DataFrame([{**TRUE, "learning.rate": 1.5}]))[0]
    other = calibrate(setup.against(list(wrong)), noisy)
    row = other.parameters.set_index("parameter").loc["learning.rate"]
    assert row["high"] < TRUE["learning.rate"]


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
    def runs(*_: object) -> Wave:
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


@pytest.mark.slow
@pytest.mark.timeout(1800)  # some 5,600 runs
def test_known_parameters_come_back_from_the_school_model(tmp_path: Path) -> None:
    _, setup = read_setup("magnitudes")
    truth = pd.DataFrame([{name: low + 0.6 * (high - low) for name, (low, high) in setup.parameters.items()}])
    simulate = in_model(tmp_path, Execution(progress=False))
    made_up = simulate(setup, truth, "truth").means[0]
    found = calibrate(setup.against(list(made_up)), simulate)
    inside = [
        row["low"] <= truth[row["parameter"]].iloc[0] <= row["high"] for row in found.parameters.to_dict("records")
    ]
    assert all(inside)
    # docs/evidence.md tells which are learnt at all.
    left = found.parameters.set_index("parameter")["sd_over_prior"]
    assert set(left[left < 0.8].index) == {"practice.effect_mean", "learning.rate"}
    assert parameter_sets(setup, np.full((1, len(truth.columns)), 0.6)).equals(truth)
