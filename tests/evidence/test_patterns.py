"""Patterns: their files, the rules of verdicts, and that a verdict turns when its mechanism is broken."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.evidence.patterns import Claim, Pattern, pattern_ids, read_pattern, read_patterns, score, validate
from schoolsim.evidence.patterns.ablations import UNTRIED, removals
from schoolsim.evidence.patterns.pattern import ABLATED
from schoolsim.evidence.patterns.report import summary, verdicts
from schoolsim.evidence.patterns.scoring import (
    ABSENT,
    APPEARS,
    OPPOSITE,
    REMOVED,
    UNAFFECTED,
    UNCLEAR,
    UNTOLD,
    WEAKENED,
    overall,
    verdict_of,
)
from schoolsim.evidence.runs.effects import Effect, Term, effect_of
from schoolsim.evidence.runs.experiment import AS_IS, Experiment
from schoolsim.parameters import ConfigError, UserError
from schoolsim.studies import Execution

CALIBRATION = {"P01", "P02", "P05", "P12", "P13", "P14", "P19", "P25", "P26", "P36"}
TURNING = ("P05", "P14")
"""Patterns whose verdict turns within a few seeds."""


def effect(low: float, high: float, *, n: int = 30, dropped: int = 0, level: float = 10.0) -> Effect:
    return Effect((low + high) / 2, low, high, n, dropped, level)


def claim(expect: str, **more: float) -> Claim:
    return Claim("x", [Term(1.0, "a", "m"), Term(-1.0, "b", "m")], expect, **more)


def test_every_row_of_the_sources_is_there() -> None:
    patterns = read_patterns()
    assert len(patterns) == 30
    assert {one.id for one in patterns if one.use == "calibration"} == CALIBRATION
    for one in patterns:
        assert one.cannot or one.claims, one.id
        assert one.cannot or one.mechanisms or one.off, one.id
        assert one.replications >= 30, one.id
        assert one.cannot or len(one.experiment().points()) == len(one.cells) * len(one.experiment().variants)


@pytest.mark.parametrize(
    ("expect", "low", "high", "verdict"),
    [
        ("+", 0.1, 0.5, APPEARS), ("+", -0.5, -0.1, OPPOSITE), ("+", -0.1, 0.1, ABSENT), ("+", -0.5, 0.5, UNCLEAR),
        ("-", -0.5, -0.1, APPEARS), ("-", 0.1, 0.5, OPPOSITE), ("-", -0.1, 0.15, ABSENT), ("-", -0.5, 0.5, UNCLEAR),
        ("0", -0.1, 0.1, APPEARS), ("0", 0.3, 0.5, ABSENT), ("0", -0.5, 0.1, UNCLEAR),
        ("within", 2.0, 3.0, APPEARS), ("within", 5.0, 6.0, ABSENT), ("within", 3.9, 5.0, UNCLEAR),
        ("+", math.nan, math.nan, UNCLEAR),
    ],
)  # fmt: skip
def test_verdicts_by_the_rules(expect: str, low: float, high: float, verdict: str) -> None:
    assert verdict_of(claim(expect, smallest=0.2, low=1.0, high=4.0), effect(low, high)) == verdict


def test_few_replications_with_a_number_tell_nothing() -> None:
    assert verdict_of(claim("+"), effect(0.1, 0.5, n=10, dropped=20)) == UNCLEAR


def test_a_pattern_is_what_its_worst_claim_is() -> None:
    assert overall([APPEARS, APPEARS]) == APPEARS
    assert overall([APPEARS, UNCLEAR]) == UNCLEAR
    assert overall([APPEARS, UNCLEAR, ABSENT]) == ABSENT
    assert overall([APPEARS, ABSENT, OPPOSITE]) == OPPOSITE


def made_up(difference: float, off: float, *, noise: float = 0.1) -> pd.DataFrame:
    """Runs in which cell a is above cell b by `difference`, and by `off` without the mechanism."""
    luck = np.random.default_rng(3)
    rows = []
    for variant, size in ((AS_IS, difference), (ABLATED, off)):
        for seed in range(30):
            shared = luck.normal(5.0, 2.0)
            rows += [
                {"variant": variant, "cell": cell, "replication": seed, "status": "ok", "m": shared + more}
                for cell, more in (("a", size + luck.normal(0.0, noise)), ("b", 0.0))
            ]
    return pd.DataFrame(rows)


def pattern(expect: str = "+") -> Pattern:
    return Pattern("P99", "t", "s", "1", "s", "v", "emergent", "hold-out", ("M10",), cells={"a": {}, "b": {}},
                   claims=[claim(expect)])  # fmt: skip


@pytest.mark.parametrize(
    ("expect", "difference", "off", "ablation"),
    [
        ("+", 1.0, 0.0, REMOVED), ("+", 1.0, 0.5, WEAKENED), ("+", 1.0, 1.0, UNAFFECTED), ("+", 0.0, 0.0, UNTOLD),
        ("-", -1.0, 0.0, REMOVED), ("-", -1.0, -0.5, WEAKENED), ("-", -1.0, -1.0, UNAFFECTED),
        ("+", 1.0, -1.0, REMOVED),
    ],
)  # fmt: skip
def test_what_an_ablation_did(expect: str, difference: float, off: float, ablation: str) -> None:
    rows = score(pattern(expect), made_up(difference, off))
    assert rows[0]["ablation"] == ablation
    assert [row["variant"] for row in rows] == [AS_IS, ABLATED]


def test_cells_are_paired_by_seed() -> None:
    """Seeds differ far more than cells do; unpaired, the interval would hold 0."""
    found = effect_of(made_up(0.2, 0.0), claim("+").terms, AS_IS)
    assert 0.1 < found.low < found.high < 0.3


def test_a_failed_run_is_counted_out() -> None:
    runs = made_up(1.0, 0.0)
    runs.loc[0, "status"] = "failed"
    found = effect_of(runs, claim("+").terms, AS_IS)
    assert (found.n, found.dropped) == (29, 1)


def test_points_put_variants_over_cells_over_the_setting() -> None:
    made = Experiment(
        "t", {"search.rate": 0.1}, {"a": {"search.rate": 0.2}, "b": {}}, ["trust.mean"],
        {AS_IS: {}, ABLATED: {"mechanism.trust": False}},
    )  # fmt: skip
    points = made.points()
    assert points["search.rate"].tolist() == [0.2, 0.1, 0.2, 0.1]
    assert points["mechanism.trust"].tolist() == [True, True, False, False]
    assert made.labels()["cell"].tolist() == ["a", "b", "a", "b"]


def test_an_unknown_pattern_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match=r'there is no pattern "P7".*Did you mean "P07"'):
        validate(["P7"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ('mechanisms = ["M10"]|mechanisms = ["M100"]', 'not "M100"'),
        ('expect = "+"|expect = "up"', "expect is one of"),
        ('"programme.partners_each"|"programme.partner_each"', 'Did you mean "programme.partners_each"'),
        ('"led", "effect.originator@5"|"leed", "effect.originator@5"', 'Did you mean "led"'),
        ('kind = "emergent"|sort = "emergent"', '"sort" is not a key'),
    ],
)
def test_a_slip_in_a_pattern_is_told(tmp_path: Path, change: str, message: str) -> None:
    text = (Path(__file__).parents[2] / "configs" / "patterns" / "P07.toml").read_text(encoding="utf-8")
    path = tmp_path / "P07.toml"
    path.write_text(text.replace(*change.split("|")), encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_pattern(path)


def test_an_unknown_measure_is_told() -> None:
    from schoolsim.evidence.runs import EvidenceModel

    with pytest.raises(UserError, match='no measure "gain.partnr".*Did you mean "gain.partner"'):
        EvidenceModel(["gain.partnr@2"])


def test_scores_are_told_apart() -> None:
    table = pd.DataFrame(score(pattern(), made_up(1.0, 0.0)))
    assert verdicts(table).iloc[0]["verdict"] == APPEARS
    assert summary(table) == ["hold-out: 1 patterns: 1 appears. 1 of their 1 claims appear."]


@pytest.mark.slow
@pytest.mark.patterns
@pytest.mark.parametrize("name", TURNING)
def test_a_verdict_turns_when_its_mechanism_is_broken(name: str, tmp_path: Path) -> None:
    """The leading claim appears within a few seeds, and not without the mechanism."""
    whole = validate([name], folder=tmp_path, quick=True, execution=Execution("serial", progress=False))
    first = whole[whole["claim"] == 1].set_index("variant")
    assert first.loc[AS_IS, "verdict"] == APPEARS
    assert first.loc[ABLATED, "verdict"] != APPEARS
    assert first.loc[AS_IS, "ablation"] == REMOVED


@pytest.mark.slow
@pytest.mark.patterns
@pytest.mark.parametrize("name", [one for one in pattern_ids()])
def test_the_stored_scores_are_what_the_model_gives(name: str, tmp_path: Path) -> None:
    """Every pattern again, with all that is taken out; what moved means that stored tables are out of date."""
    stored = pd.read_csv(Path(__file__).parents[2] / "docs" / "evidence" / "patterns.csv")
    again = validate([name], folder=tmp_path, execution=Execution(progress=False))
    keys = ["variant", "claim", "verdict", "ablation"]
    stored = stored[stored["pattern"] == name].fillna({"ablation": ""})
    assert again[keys].to_dict("records") == stored[keys].to_dict("records")
    assert UNTRIED not in set(removals(again).get("most", []))


@pytest.mark.parametrize(
    ("verdicts", "seeds"),
    [
        (["unclear", "appears"], [30, 200]), (["unclear", "unclear", "absent"], [30, 200, 800]),
        (["unclear", "unclear", "unclear"], [30, 200, 800]), (["appears"], [30]), (["opposite"], [30]),
    ],
)  # fmt: skip
def test_more_seeds_are_run_only_where_few_cannot_tell(
    verdicts: list[str], seeds: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, int]] = []

    def runs(pattern: Pattern, place: Path, replications: int, **_: object) -> list[dict[str, object]]:
        made.append((place.parent.name, replications))
        told = "absent" if replications == pattern.fast else verdicts[len(made) - 1]
        return [{"pattern": pattern.id, "variant": AS_IS, "claim": 1, "n": replications, "verdict": told}]

    monkeypatch.setattr("schoolsim.evidence.patterns.runner._runs", runs)
    table = validate(["P01"], folder=tmp_path)
    assert [number for _, number in made] == seeds
    assert table["n"].tolist() == [seeds[-1]]
    # Each number of seeds has its own folder: a study in one cannot be had with fewer.
    assert len({folder for folder, _ in made}) == len(seeds)
    made.clear()
    validate(["P01"], folder=tmp_path, quick=True)
    assert [number for _, number in made] == [12]
