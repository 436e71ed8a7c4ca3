"""A search finds a known top and a known front, goes on where it stopped, and is the same bytes for any workers."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import schoolsim as ss
from schoolsim import policy_search
from schoolsim.analysis import Answer
from schoolsim.config import StudyConfig, config_from_mapping
from schoolsim.policy_search import Search, search
from schoolsim.studies import Execution, StudyResult
from schoolsim.studies.errors import StudyChangedError, StudyError
from schoolsim.studies.store.files import sha256
from tests.policy_search.models import BEST, hill

pytest.importorskip("optuna")

QUIET = Execution("serial", progress=False)
MODEL = "tests.policy_search.models:hill"
GAIN = {"gain": "max"}


def config(**changes: object) -> StudyConfig:
    wide = {
        "broker.skill": {"low": 0.0, "high": 1.0},
        "broker.number": {"low": 0, "high": 6},
        "funding.purse": ["originator", "partnership", "central", "bid"],
    }
    data = {
        "title": "A hill", "replications": 2, "seed": 5, "levers": wide,
        "uncertainties": {"market.choice_weight": {"low": 0.0, "high": 1.0}},
        "design": {"kind": "lhs", "points": 3, "cross": False}, **changes,
    }  # fmt: skip
    return config_from_mapping(data)


def small(**changes: object) -> StudyConfig:
    """Twelve policies in two worlds."""
    levers = {"broker.skill": [0.1, 0.7, 0.9], "broker.number": [0, 3], "funding.purse": ["bid", "partnership"]}
    return config(levers=levers, uncertainties={"market.choice_weight": [0.0, 1.0]}, design={}, **changes)


def searched(folder: Path, budget: int, **options: object) -> Search:
    given = {"config": config(), "outcomes": GAIN, "model": MODEL, "execution": QUIET, "batch": 4, **options}
    return search(given.pop("config"), given.pop("outcomes"), budget=budget, out=folder, **given)  # type: ignore[arg-type]  # of a table


def files(folder: Path) -> dict[str, str]:
    """Hashes of all tables and lists of a search, but for what tells of times."""
    found = [*folder.rglob("*.parquet"), *folder.rglob("*.csv"), *folder.rglob("search.json"), *folder.rglob("*.toml")]
    return {str(path.relative_to(folder)): sha256(path) for path in sorted(found)}


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search") / "twenty"
    searched(folder, 20)
    return folder


def test_the_known_top_is_found(tmp_path: Path) -> None:
    found = searched(tmp_path, 60, batch=6)
    (best,) = found.best.to_dict("records")
    assert {name: best[name] for name in ("broker.number", "funding.purse")} == {
        name: BEST[name] for name in ("broker.number", "funding.purse")
    }
    assert best["broker.skill"] == pytest.approx(BEST["broker.skill"], abs=0.1)
    # More is found late than early: it learns.
    assert found.trials["gain"][40:].mean() > found.trials["gain"][:12].mean() + 1.0
    assert not found.trials.duplicated(list(found.levers)).any()
    assert "the number of brokers in each authority at 3" in " ".join(found.lines())


def test_the_mean_is_over_all_worlds_and_seeds(tmp_path: Path) -> None:
    found = searched(tmp_path, 4, config=small())
    row = found.trials.iloc[2].to_dict()
    runs = StudyResult.open(tmp_path / "batch_001").runs
    own = runs[(runs["broker.skill"] == row["broker.skill"]) & (runs["broker.number"] == row["broker.number"])
               & (runs["funding.purse"] == row["funding.purse"])]  # fmt: skip
    assert len(own) == 4
    assert row["gain"] == pytest.approx(own["gain"].mean())
    assert row["gain.error"] == pytest.approx(own.groupby("replication")["gain"].mean().sem())
    again = [hill({**row, "market.choice_weight": one["market.choice_weight"]}, one["seed"])["gain"]
             for one in own.to_dict("records")]  # fmt: skip
    assert row["gain"] == pytest.approx(np.mean(again))


def test_a_small_space_is_tried_whole_and_gives_the_known_front(tmp_path: Path) -> None:
    found = searched(tmp_path, 40, config=small(), outcomes={"gain": "max", "cost": "min"})
    assert found.exhausted
    assert len(found.trials) == 12
    told = {(row["broker.skill"], row["broker.number"], row["funding.purse"]) for row in found.best.to_dict("records")}
    # Worked by hand with worlds 0 and 1 (factor 1.5): the purse costs nothing, so "partnership" always wins; skill .9
    # costs more than .7 and gains less. No broker gains 4.5 less and costs 30 less; skill .1 gains 5.4
    # less and costs 60 less.
    assert told == {(s, n, "partnership") for s, n in itertools.product((0.1, 0.7), (0, 3))}
    assert found.best["gain"].is_monotonic_decreasing
    assert "all that the levers allow" in next(found.lines())


def test_typed_again_it_makes_nothing_and_with_more_it_goes_on(twenty: Path, tmp_path: Path) -> None:
    before = files(twenty)
    assert len(searched(twenty, 20).trials) == 20
    assert files(twenty) == before
    searched(tmp_path, 8)
    searched(tmp_path, 20)
    assert files(tmp_path) == before


@pytest.mark.parametrize("where", ["between batches", "in a batch"])
def test_interrupted_it_ends_as_if_it_had_not_been(where: str, twenty: Path, tmp_path: Path) -> None:
    def tell(line: str) -> None:
        if where == "between batches" and line.startswith("Batch 3"):
            raise KeyboardInterrupt

    def progress(now: object) -> None:
        if where == "in a batch" and now.made == 5 and (tmp_path / "batch_002").is_dir():  # type: ignore[attr-defined]  # Progress
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        searched(tmp_path, 20, tell=tell, execution=Execution("serial", progress=progress))
    assert files(tmp_path) != files(twenty)
    searched(tmp_path, 20)
    assert files(tmp_path) == files(twenty)


@pytest.mark.slow
def test_it_is_the_same_bytes_for_any_number_of_workers(twenty: Path, tmp_path: Path) -> None:
    searched(tmp_path, 20, execution=Execution("processes", 2, progress=False))
    assert files(tmp_path) == files(twenty)


def test_another_seed_tries_other_policies(twenty: Path, tmp_path: Path) -> None:
    other = searched(tmp_path, 4, config=config(seed=6)).trials
    first = pd.read_csv(twenty / "trials.csv").head(4)
    assert other["broker.skill"].tolist() != first["broker.skill"].tolist()


def test_a_batch_is_an_ordinary_study(twenty: Path) -> None:
    result = StudyResult.open(twenty / "batch_002")
    assert result.complete
    assert result.config.title == "A hill: policies 5 to 8"
    assert result.design["policy"].nunique() == 4
    assert result.design["world"].nunique() == 3
    # Worlds and seeds are those of every other batch.
    other = StudyResult.open(twenty / "batch_001")
    for name in ("market.choice_weight", "seed"):
        assert sorted(result.runs[name].unique()) == sorted(other.runs[name].unique())
    assert any("policy 6" in line.lower() for line in Answer(result).lines())


def test_a_policy_that_fails_has_no_value_and_is_never_best(tmp_path: Path) -> None:
    found = searched(tmp_path, 12, config=small(), model="tests.policy_search.models:brittle")
    failed = found.trials[found.trials["broker.number"] == 0]
    assert failed["gain"].isna().all()
    assert not failed["best"].any()
    assert len(found.best) == 1


def test_what_is_searched_is_told_apart(twenty: Path) -> None:
    with pytest.raises(StudyChangedError, match="what differs: config, seed"):
        searched(twenty, 24, config=config(seed=6))
    with pytest.raises(StudyChangedError, match="what differs: outcomes"):
        searched(twenty, 24, outcomes={"gain": "min"})
    with pytest.raises(StudyChangedError, match="what differs: batch"):
        searched(twenty, 24, batch=5)


def test_what_cannot_be_searched_is_told(tmp_path: Path) -> None:
    fixed = config(levers={"broker.number": 3}, design={"kind": "lhs", "points": 3})
    with pytest.raises(StudyError, match="give a lever a list"):
        searched(tmp_path, 4, config=fixed)
    with pytest.raises(StudyError, match="made for sensitivity"):
        searched(tmp_path, 4, config=config(design={"kind": "morris", "trajectories": 2, "cross": False}))
    with pytest.raises(StudyError, match='no outcome "gian"'):
        searched(tmp_path / "a", 4, outcomes={"gian": "max"})
    with pytest.raises(StudyError, match=r'Did you mean "progress.mean"\?'):
        searched(tmp_path / "b", 4, model=None, outcomes={"progress.maen": "max"})
    with pytest.raises(StudyError, match="direction is max"):
        searched(tmp_path / "b", 4, outcomes={"gain": "up"})
    with pytest.raises(StudyError, match="from 1 to"):
        searched(tmp_path / "b", 0)
    with pytest.raises(StudyError, match="from 1 to"):
        searched(tmp_path / "b", 4, batch=0)


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_search.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StudyError, match=r"schoolsim\[discovery\]"):
        searched(tmp_path, 4)


def test_it_searches_the_school_model_from_python(tmp_path: Path) -> None:
    study = config_from_mapping({
        "title": "Schools", "years": 1, "replications": 2, "constants": {"setting.schools": 12},
        "levers": {"programme.originators": 2, "programme.partners_each": 1,
                   "badging.scope": ["none", "individual", "collective"]},
    })  # fmt: skip
    found = ss.search(study, {"trust.mean": "max"}, budget=3, out=tmp_path, execution=QUIET)
    assert found.exhausted
    assert [math.isfinite(value) for value in found.trials["trust.mean"]] == [True] * 3
    assert found.trials["badging.scope"].tolist() == ["none", "individual", "collective"]
