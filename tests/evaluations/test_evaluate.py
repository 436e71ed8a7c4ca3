"""Designs whose answer is known: planted effects and noise, through the same code as simulated schools."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from schoolsim.config.schema import Evaluation as Design
from schoolsim.evaluations import Evaluation, evaluate_worlds
from schoolsim.evaluations.evaluating import interval
from schoolsim.parameters.errors import UserError
from tests.evaluations.planted import planted

YEARS = 2


def found(design: dict[str, Any], **worlds: Any) -> Evaluation:
    given = Design.model_validate({"years": [YEARS], "samples": 300, **design})
    return evaluate_worlds(planted(years=YEARS, **worlds), given, title="planted", seed=3, years=YEARS)


def power_of_t(effect: float, sd: float, each: int, level: float = 0.05) -> float:
    """Power of Student's t test of two groups of equal size."""
    freedom, shift = 2 * each - 2, effect / (sd * np.sqrt(2 / each))
    edge = stats.t.ppf(1 - level / 2, freedom)
    return float(stats.nct.sf(edge, freedom, shift) + stats.nct.cdf(-edge, freedom, shift))


@pytest.mark.parametrize(
    ("estimator", "effect", "sd", "authorities"),
    [("difference", 0.5, 1.0, [30]), ("difference_in_differences", 1.2, np.sqrt(2.0), [12]),
     *(pytest.param("difference", effect, 1.0, [12, 30], marks=pytest.mark.slow) for effect in (0.0, 0.5, 1.0)),
     pytest.param("difference_in_differences", 1.2, np.sqrt(2.0), [30], marks=pytest.mark.slow)],
)  # fmt: skip
def test_planted_power_is_found_within_its_interval(
    estimator: str, effect: float, sd: float, authorities: list[int]
) -> None:
    design = {"treated": "authorities", "estimator": estimator, "authorities": authorities}
    for row in found(design, effect=effect).table.to_dict("records"):
        expected = power_of_t(effect, sd, row["authorities"] // 2)
        low, high = _wide(row["power"], row["samples"])
        assert low <= expected <= high, row
        assert row["false_alarms"] < 0.09


def test_schools_of_an_authority_make_it_surer() -> None:
    design = {
        "treated": "authorities",
        "estimator": "difference",
        "authorities": [12],
        "schools": [1, 4],
        "samples": 200,
    }
    one, four = found(design, effect=0.8, schools=4).table.to_dict("records")
    for row, each in ((one, 1.0), (four, 2.0)):
        low, high = _wide(row["power"], row["samples"])
        assert low <= power_of_t(0.8, 1.0 / each, 6) <= high


def test_permutation_finds_as_often_as_the_t_test() -> None:
    design = {"treated": "authorities", "estimator": "difference", "authorities": [16], "inference": "permutation"}
    (row,) = found(design, effect=1.5).table.to_dict("records")
    assert abs(row["power"] - power_of_t(1.5, 1.0, 8)) < 0.08
    assert row["false_alarms"] < 0.09


def test_schools_that_joined_differ_anyhow_and_that_bias_is_found() -> None:
    design = {"treated": "joined", "estimator": "difference", "authorities": [10], "samples": 100}
    (row,) = found(design, effect=1.0, selected=3.0, schools=8, whole=False, authorities=400).table.to_dict("records")
    assert row["bias_low"] < 3.0 < row["bias_high"]
    assert row["bias_high"] - row["bias_low"] < 0.5
    assert row["selection"] == pytest.approx(3.0, abs=0.15)
    assert row["effect"] == pytest.approx(1.0)
    assert row["false_alarms"] > 0.95
    changes = {**design, "estimator": "difference_in_differences"}
    (row,) = found(changes, effect=1.0, selected=3.0, schools=8, whole=False, authorities=400).table.to_dict("records")
    assert row["bias_low"] < 0.0 < row["bias_high"]


def test_what_untreated_schools_gain_is_taken_off() -> None:
    design = {"treated": "covered", "estimator": "difference", "authorities": [10], "samples": 100}
    (row,) = found(design, effect=1.0, spillover=0.4, schools=8, whole=False, authorities=400).table.to_dict("records")
    assert row["spillover"] == pytest.approx(-0.4)
    assert row["bias_low"] < -0.4 < row["bias_high"]


@pytest.mark.parametrize("treated", ["authorities", "covered", "joined"])
@pytest.mark.parametrize("estimator", ["difference", "difference_in_differences", "staggered", "two_way"])
def test_the_parts_of_a_bias_add_up(treated: str, estimator: str) -> None:
    design = {
        "treated": treated, "estimator": estimator, "authorities": [8], "samples": 30, "years": [1, 2],
        "data": "survey", "attrition": 0.2,
    }  # fmt: skip
    samples = found(
        design, effect=1.0, spillover=0.3, selected=2.0, grows=0.5, schools=6, whole=treated == "authorities",
        authorities=50, starts=(0, 1) if treated == "authorities" else (0,),
    ).samples.dropna()  # fmt: skip
    assert len(samples) > 50
    parts = samples[["selection", "spillover", "measure", "rest"]].sum(axis=1)
    assert np.allclose(samples["estimate"] - samples["effect"], parts)


def test_a_survey_of_few_pupils_is_less_sure() -> None:
    design = {
        "treated": "authorities",
        "estimator": "difference",
        "authorities": [20],
        "data": "survey",
        "samples": 150,
    }
    few, many = (found({**design, "pupils": n}, effect=1.0, noise=0.1).table.iloc[0] for n in (4, 400))
    # 40 points a standard deviation of pupils: 20 points of error with four pupils, 2 with four hundred.
    assert few["spread"] == pytest.approx(20 * np.sqrt(2 / 10), rel=0.15)
    assert many["spread"] == pytest.approx(np.hypot(2, 0.1) * np.sqrt(2 / 10), rel=0.15)


def test_schools_that_leave_make_it_less_sure() -> None:
    design = {
        "treated": "authorities",
        "estimator": "difference",
        "authorities": [20],
        "data": "survey",
        "pupils": 100_000,
        "samples": 150,
    }
    whole = found(design, schools=20, authorities=100).table.iloc[0]
    left = found({**design, "attrition": 0.5}, schools=20, authorities=100).table.iloc[0]
    # A quarter is left after two years.
    assert left["spread"] == pytest.approx(2 * whole["spread"], rel=0.2)


def test_staggered_starts_are_compared_with_who_has_not_begun() -> None:
    design = {"treated": "authorities", "starts": [0, 1], "authorities": [24], "samples": 200, "share": 0.67}
    rows = {
        estimator: found({**design, "estimator": estimator}, effect=1.0, grows=4.0, starts=(0, 1)).table.iloc[0]
        for estimator in ("staggered", "two_way")
    }
    assert rows["staggered"]["bias_low"] < 0 < rows["staggered"]["bias_high"]
    assert rows["two_way"]["bias_high"] < 0
    assert rows["two_way"]["rest"] < -0.2


def test_a_bias_is_as_sure_as_the_schools_that_were_run() -> None:
    """Of twenty sets of schools that differ by 3 points anyhow, about one has an interval that misses it."""
    design = {"treated": "joined", "estimator": "difference", "authorities": [5], "samples": 40}
    missed = 0
    for seed in range(20):
        row = found(design, selected=3.0, schools=8, whole=False, authorities=20, seed=seed).table.iloc[0]
        missed += not row["bias_low"] < 3.0 < row["bias_high"]
    assert missed <= 4


def test_the_same_seed_gives_the_same_samples_and_another_gives_others() -> None:
    given = Design.model_validate({"treated": "authorities", "authorities": [8], "samples": 20, "years": [1]})
    one, again = (evaluate_worlds(planted(), given, title="", seed=3, years=YEARS).samples for _ in range(2))
    other = evaluate_worlds(planted(), given, title="", seed=4, years=YEARS).samples
    assert one.equals(again)
    assert not one["estimate"].equals(other["estimate"])


def test_the_answer_says_power_bias_and_what_would_be_needed() -> None:
    design = {"treated": "authorities", "estimator": "difference", "authorities": [8, 40], "samples": 100}
    lines = list(found(design, effect=1.0).lines())
    assert lines[1] == (
        "The smallest sample tried that finds the effect in 80% or more: "
        "40 authorities, all their schools, after 2 years."
    )
    weak = " ".join(found({**design, "authorities": [8]}, effect=0.5).lines())
    assert "None of the samples tried finds the effect in 80% or more." in weak
    needed = int(weak.partition("rule of thumb, about ")[2].partition(" ")[0].replace(",", ""))
    # Sixty-three each side by the textbook, at an effect of half a standard deviation.
    assert 90 <= needed <= 180
    assert "No bias can be told from 0" in weak
    biased = " ".join(
        found({"treated": "joined", "authorities": [10], "estimator": "difference", "samples": 50}, effect=1.0,
              selected=3.0, schools=8, whole=False, authorities=400).lines()
    )  # fmt: skip
    assert "because treated and untreated schools differ anyhow" in biased


def test_a_clear_estimate_of_the_wrong_sign_is_no_power() -> None:
    design = {"treated": "joined", "authorities": [10], "estimator": "difference", "samples": 50}
    one = found(design, effect=1.0, selected=-4.0, schools=8, whole=False, authorities=100)
    row = one.table.iloc[0]
    assert row["power"] == 0.0
    assert row["wrong_sign"] == 1.0
    assert "In 100% an effect is found, and it has the wrong sign." in list(one.lines())


def test_more_authorities_than_there_are_or_a_phase_without_schools_is_told() -> None:
    with pytest.raises(UserError, match="40 are wanted and there are 10"):
        found({"treated": "authorities", "authorities": [40]}, authorities=10)
    with pytest.raises(UserError, match="none of the schools is special"):
        found({"treated": "authorities", "phase": "special"})


def test_an_interval_of_a_share_is_wilsons() -> None:
    # Wilson (1927), as in Newcombe (1998): 81 of 263.
    assert interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    for number in range(1, 200):
        assert interval(0, number)[0] >= 0  # by rounding it was -0% of 40 samples
        assert interval(number, number)[1] <= 1


def test_the_figure_draws_what_chance_finds_of_the_true_sign() -> None:
    from schoolsim.figures import evaluation_figure

    figure = evaluation_figure(found({"treated": "authorities", "authorities": [8], "samples": 20}, effect=0.5))
    level = {line.get_ydata()[0] for line in figure.axes[0].lines if list(line.get_xdata()) == [0, 1]}
    assert level == {0.8, 0.025}


def _wide(share: float, samples: int) -> tuple[float, float]:
    """An interval that a true power is outside of once in a thousand."""
    half = 3.3 * np.sqrt(max(share * (1 - share), 0.01) / samples)
    return share - half, share + half
