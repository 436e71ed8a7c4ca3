"""`schoolsim discover`, `robust` and `search`: from sampled worlds to a box, a table of regrets and a front."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import discovery
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.studies import StudyResult
from tests.cli.conftest import SERIAL, Said, Type

WORLDS = """\
title = "In which worlds does a badge help?"
base = "programmes/beacon"
years = 1
replications = 2
[levers]
"programme.originators" = 2
"programme.partners_each" = 1
"badging.scope" = ["none", "collective"]
[uncertainties]
"market.choice_weight" = { low = 0.0, high = 1.5 }
"learning.rate" = { low = 2.0, high = 8.0 }
[constants]
"setting.schools" = 12
[design]
kind = "lhs"
points = 24
[outcomes]
report = ["trust.mean", "hours.joint"]
baseline = { "badging.scope" = "none" }
[[figures]]
kind = "boxes"
outcomes = ["trust.mean"]
at_least = BOUND
policy = { "badging.scope" = "collective" }
density = 0.3
[[figures]]
kind = "regret"
[[figures]]
kind = "pareto"
outcomes = ["hours.joint:min", "trust.mean"]
"""
POLICY = ("--policy", "badging.scope=collective", "--outcome", "trust.mean")

SEARCHED = """\
title = "How many partners?"
base = "programmes/beacon"
years = 1
replications = 2
[levers]
"programme.originators" = 2
"programme.partners_each" = [1, 2]
"badging.scope" = ["none", "individual", "collective"]
[constants]
"setting.schools" = 12
"""


@pytest.fixture(scope="session", autouse=True)
def _workbench() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("ema_workbench.analysis.prim")


@pytest.fixture(scope="module", autouse=True)
def _boxes_found_once(_workbench: None) -> Iterator[None]:
    """Boxes of the same worlds are looked for once, which takes most of the time: commands tell them many ways."""
    find, found = discovery._find, {}

    def known(inputs: pd.DataFrame, interest: np.ndarray, density: float, method: discovery.Method) -> object:
        key = (inputs.to_csv(), interest.tobytes(), density, method)
        if key not in found:
            found[key] = find(inputs, interest, density, method)
        return found[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discovery, "_find", known)
        yield


@pytest.fixture(scope="session")
def worlds(typed: Type, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four worlds, swept once for all tests."""
    place = tmp_path_factory.mktemp("worlds")
    (place / "worlds.toml").write_text(WORLDS.replace("BOUND", "0.0"), encoding="utf-8")
    said = typed("sweep", place / "worlds.toml", "--out", place / "results", *SERIAL)
    assert said.code == 0, said.err
    return place / "results" / "worlds"


@pytest.fixture(scope="session")
def middle(worlds: Path) -> float:
    """The bound that half of the worlds meet."""
    result = StudyResult.open(worlds)
    runs = result.runs[result.runs["badging.scope"] == "collective"]
    return float(runs.groupby("point")["trust.mean"].mean().median())


def plain(said: Said) -> None:
    """It went well, and no identifier is in its sentences."""
    assert said.code == 0, said.err
    sentences = said.out.partition("\n\n")[0]
    assert [name for name in (*REGISTRY, *OUTCOMES) if f" {name} " in sentences] == []


def test_a_box_is_told_in_words_in_a_table_and_in_json(typed: Type, worlds: Path, middle: float) -> None:
    said = typed("discover", worlds, *POLICY, "--at-least", middle, "--density", 0.3)
    plain(said)
    assert f"at least {middle:g} with a badge on the whole partnership, in 12 of 24 worlds (50%)" in said.out
    told = json.loads(typed("discover", worlds, *POLICY, "--at-least", middle, "--density", 0.3, "--json").out)
    assert (told["worlds"], told["of_interest"]) == (24, 12)
    assert told["trajectory"][0]["coverage"] == 1.0


@pytest.mark.slow
def test_a_box_is_the_same_from_python(typed: Type, worlds: Path, middle: float) -> None:
    told = json.loads(typed("discover", worlds, *POLICY, "--at-least", middle, "--density", 0.3, "--json").out)
    found = StudyResult.open(worlds).discover(
        "trust.mean", at_least=middle, policy={"badging.scope": "collective"}, density=0.3
    )
    assert told["answer"] == list(found.lines())
    assert [box["coverage"] for box in told["boxes"]] == [box.coverage for box in found.boxes]


def test_every_option_of_discover_is_heeded(typed: Type, worlds: Path, middle: float) -> None:
    def told(*options: object) -> dict[str, object]:
        said = typed("discover", worlds, *POLICY, *options, "--json")
        assert said.code == 0, said.err
        return json.loads(said.out)  # type: ignore[no-any-return]  # a dictionary

    usual = told("--at-least", middle)
    assert told("--at-most", middle)["of_interest"] == 24 - usual["of_interest"]  # type: ignore[operator]  # numbers
    assert f"below {middle:g}" in told("--at-least", middle, "--fails")["answer"][0]  # type: ignore[index]  # a list
    assert told("--at-least", middle, "--method", "tree")["trajectory"] == []
    other = typed(
        "discover", worlds, *POLICY, "--at-least", middle, "--density", 0.3, "--against", "badging.scope=none"
    )
    assert other.code == 2
    assert "Choose another bound" in other.err


def test_regrets_and_the_front_are_told(typed: Type, worlds: Path) -> None:
    both = ("--outcome", "trust.mean", "--outcome", "hours.joint:min")
    said = typed("robust", worlds, *both)
    plain(said)
    assert "Beaten by no other in all of more trust" in said.out
    told = json.loads(typed("robust", worlds, *both, "--json").out)
    table = pd.DataFrame(told["table"])
    assert len(table) == 4
    hours = table[table["outcome"] == "hours.joint"].set_index("policy")
    trust = table[table["outcome"] == "trust.mean"].set_index("policy")
    assert (hours.loc[hours["mean"].idxmin(), "regret_mean"] <= hours["regret_mean"]).all()
    assert (trust.loc[trust["mean"].idxmax(), "regret_mean"] <= trust["regret_mean"]).all()
    bounded = json.loads(typed("robust", worlds, "--outcome", "trust.mean", "--at-most", 0.0, "--json").out)
    assert [row["satisfied"] for row in bounded["table"]] == [0.0, 0.0]


@pytest.mark.slow
def test_figures_are_drawn_by_the_commands_and_from_a_config(
    typed: Type, worlds: Path, middle: float, elsewhere: Path
) -> None:
    said = typed("robust", worlds, "--outcome", "hours.joint:min", "--outcome", "trust.mean", "--draw")
    assert said.code == 0, said.err
    folder = worlds / "figures"
    assert {path.stem for path in folder.glob("*.png")} >= {
        "regret_hours_joint_trust_mean",
        "pareto_hours_joint_trust_mean",
    }
    config = elsewhere / "worlds.toml"
    config.write_text(WORLDS.replace("BOUND", str(middle)), encoding="utf-8")
    drawn = typed("figures", config, "--out", worlds.parent)
    assert drawn.code == 0, drawn.err
    numbers = pd.read_csv(folder / "3_pareto.csv")
    assert len(numbers) == 2
    same = typed("discover", worlds, *POLICY, "--at-least", middle, "--density", 0.3, "--draw")
    assert same.code == 0, same.err
    assert (folder / "boxes_trust_mean.csv").read_bytes() == (folder / "1_boxes.csv").read_bytes()


@pytest.mark.slow
def test_a_search_is_told_and_goes_on_when_typed_again(typed: Type, elsewhere: Path) -> None:
    (elsewhere / "partners.toml").write_text(SEARCHED, encoding="utf-8")
    typing = ("search", "partners.toml", "--outcome", "trust.mean", "--batch", 2, *SERIAL)
    said = typed(*typing, "--budget", 2)
    plain(said)
    assert "2 policies were tried" in said.out
    assert "trust between schools" in said.out.lower() or "Trust" in said.out
    first = (elsewhere / "results/partners_search/batch_001/runs.parquet").read_bytes()
    told = json.loads(typed(*typing, "--budget", 50, "--json").out)
    assert (told["tried"], told["exhausted"]) == (6, True)
    assert (elsewhere / "results/partners_search/batch_001/runs.parquet").read_bytes() == first
    assert [row["policy"] for row in told["trials"]] == [1, 2, 3, 4, 5, 6]
    assert len(pd.read_csv("results/partners_search/trials.csv")) == 6
    assert typed("answer", "results/partners_search/batch_002").code == 0
    front = typed("search", "partners.toml", "--outcome", "hours.joint:min", "--outcome", "trust.mean", "--batch", 6,
                  "--out", "other", "--budget", 6, "--draw", *SERIAL)  # fmt: skip
    assert front.code == 0, front.err
    assert (elsewhere / "other/partners_search/figures/pareto.png").is_file()


def test_mistakes_are_told(typed: Type, worlds: Path, elsewhere: Path) -> None:
    (elsewhere / "partners.toml").write_text(SEARCHED, encoding="utf-8")
    mistakes = {
        ("discover", worlds, "--policy", "badging.scope=none", "--outcome", "trust.maen", "--at-most", 1): "trust.mean",
        ("discover", worlds, "--outcome", "trust.mean", "--at-least", 1): "say which by a level of badging.scope",
        ("discover", worlds, "--outcome", "trust.mean", "--at-least", 1, "--policy", "none"): "write NAME=LEVEL",
        ("discover", worlds, *POLICY): "give one bound",
        ("robust", worlds, "--outcome", "trust.mean:less"): "direction is max",
        ("robust", worlds, "--outcome", "trust.maen"): "trust.mean",
        ("search", "partners.toml", "--outcome", "trust.maen", "--budget", 3): "trust.mean",
        ("search", "partners.toml", "--outcome", "trust.mean", "--budget", 0): "from 1 to",
        ("search", "partners.toml", "--outcome", "trust.mean", "--budget", 3, "--draw"): "two outcomes",
        ("search", "badging_funding", "--outcome", "trust.mean", "--budget", 3, "-p", "badging.scope=none",
         "-p", "funding.purse=bid"): "nothing to search",
    }  # fmt: skip
    for words, message in mistakes.items():
        said = typed(*words)
        assert said.code == 2, words
        assert message in said.err, words
        assert "Traceback" not in said.err
