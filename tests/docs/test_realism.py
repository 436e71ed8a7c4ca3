"""Numbers of docs/realism.md, worked out by hand on small networks and series."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from schoolsim.parameters import REGISTRY

DOCS = Path(__file__).parents[2] / "docs"
MEASURED = DOCS / "measured"


@pytest.fixture(scope="module")
def scripts() -> tuple[ModuleType, ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        return importlib.import_module("measure_realism"), importlib.import_module("generate")


def test_numbers_of_a_network_worked_by_hand(scripts: tuple[ModuleType, ModuleType]) -> None:
    # Of five, a triangle 0 1 2 with one arrow back, and 3 who asks 2; nobody asks 4.
    found = scripts[0].network_numbers([(0, 1), (1, 0), (1, 2), (2, 0), (3, 2)], 5)
    assert found["degree"] == pytest.approx(1.0)
    assert found["density"] == pytest.approx(5 / 20)
    assert found["reciprocity"] == pytest.approx(2 / 5)
    assert found["clustering"] == pytest.approx(3 / 5)  # of five pairs of neighbours three are tied
    assert found["hub"] == pytest.approx(2.0)


def test_ties_that_do_not_grow_with_size_give_a_slope_of_minus_one(scripts: tuple[ModuleType, ModuleType]) -> None:
    assert scripts[0].density_slope([10, 20, 40], [0.4, 0.2, 0.1]) == pytest.approx(-1.0)


def test_noise_and_lasting_differences_are_told_apart(scripts: tuple[ModuleType, ModuleType]) -> None:
    rng = np.random.default_rng(1)
    lasting, noise = rng.standard_normal(20_000), rng.standard_normal((3, 20_000))
    found = scripts[0].result_numbers("x", 2.0 * lasting + noise)
    assert found["x.one_year"] == pytest.approx(0.8, abs=0.01)
    assert found["x.two_years"] == pytest.approx(0.8, abs=0.01)
    assert found["x.change"] == pytest.approx(np.sqrt(2 / 5), abs=0.01)
    assert found["x.two_to_one"] == pytest.approx(1.0, abs=0.02)
    walk = scripts[0].result_numbers("x", 10.0 * lasting + np.cumsum(noise, axis=0))
    assert walk["x.two_to_one"] == pytest.approx(np.sqrt(2), abs=0.02)


def test_the_nearest_school_is_another_one(scripts: tuple[ModuleType, ModuleType]) -> None:
    values, east = np.array([1.0, 1.0, 5.0, 5.0]), np.array([0.0, 1.0, 10.0, 11.0])
    assert scripts[0].nearest(values, east, np.zeros(4)) == pytest.approx(1.0)


def test_pupils_spread_is_what_schools_intervals_were_reckoned_from(
    scripts: tuple[ModuleType, ModuleType], tmp_path: Path
) -> None:
    """Of 100 pupils, .2 either way is 1.96 x a spread of 1.02; the total of an authority (4) is no school."""
    path = tmp_path / "ks4.csv"
    path.write_text("RECTYPE,P8PUP,P8CILOW,P8CIUPP\n1,100,-0.1,0.3\n4,9,-5,5\n1,NE,NE,NE\n", encoding="utf-8")
    assert scripts[0].pupil_spread(path) == pytest.approx(0.2 / 1.959964 * 10.0)


def test_the_loss_by_disadvantage_is_progress_8s() -> None:
    facts = pd.read_csv(MEASURED / "realism_facts.csv", index_col="id")["mean"]
    lost = -facts["progress.poor_slope"] / facts["progress.pupil_sd"]
    assert REGISTRY["result.poor"].default == pytest.approx(lost, abs=0.005)
    assert REGISTRY["result.poor"].grade == "derived"


@pytest.mark.parametrize(
    ("mean", "place"), [(0.25, 2), (0.2, 2), (0.41, 1), (0.14, 1), (0.13, 0), (0.61, 0), (-0.25, 0)]
)
def test_a_number_is_off_near_or_as_in_the_data(
    scripts: tuple[ModuleType, ModuleType], mean: float, place: int
) -> None:
    assert scripts[1]._place_of(mean, 0.2, 0.4) == place


def test_of_negative_numbers_too(scripts: tuple[ModuleType, ModuleType]) -> None:
    assert [scripts[1]._place_of(mean, -0.4, -0.2) for mean in (-0.3, -0.5, -0.15, -0.7, 0.3)] == [2, 1, 1, 0, 0]


def test_every_row_has_its_numbers_and_a_source() -> None:
    given = tomllib.loads((MEASURED / "realism.toml").read_text(encoding="utf-8"))
    simulated, facts = (pd.read_csv(MEASURED / f"{name}.csv", index_col="id") for name in ("realism", "realism_facts"))
    assert len(given["rows"]) >= 20
    for row in given["rows"]:
        assert row["simulated"] in simulated.index
        assert ("real" in row) != ("fact" in row)
        assert row.get("fact", facts.index[0]) in facts.index
        assert given["sources"][row["source"]]


def test_what_is_off_stands_first(scripts: tuple[ModuleType, ModuleType]) -> None:
    lines = scripts[1].realism().splitlines()
    verdicts = [line.split("|")[1].strip() for line in lines if line.startswith(("| **", "| near", "| as"))]
    assert verdicts == sorted(verdicts, key=["**off**", "near", "as in the data"].index)
    assert verdicts[0] == "**off**"
