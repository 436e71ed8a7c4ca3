from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.parameters import REGISTRY
from schoolsim.populations import (
    PRIMARY,
    SECONDARY,
    PopulationError,
    SchoolTable,
    authorities_of,
    synthetic_authority,
    synthetic_schools,
    synthetic_system,
)
from schoolsim.populations.geography import nearest_same_phase, neighbour_correlation
from schoolsim.populations.schools import _DTYPES
from schoolsim.populations.setting import BOUNDS, ENGLAND, Setting

# Attributes of a school, apart from its site: left as it was when schools are added.
OWN = ("name", "phase", "roll", "capacity", "disadvantage", "attainment", "teachers")


def digest(table: SchoolTable) -> str:
    made = hashlib.sha256()
    for column in _DTYPES:
        if column in ("trust", "federation"):
            assert not "".join(getattr(table, column)), "made-up schools are in no trust"
            continue
        made.update(column.encode())
        values = getattr(table, column)
        made.update("|".join(values).encode() if column == "name" else values.tobytes())
    return made.hexdigest()[:16]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    assert digest(synthetic_authority(4)) == digest(synthetic_authority(4))
    assert digest(synthetic_authority(4)) != digest(synthetic_authority(5))
    assert digest(synthetic_system(4, authorities=3)) == digest(synthetic_system(4, authorities=3))


def test_the_bytes_are_those_of_the_release() -> None:
    # A change here changes results: say so in the changelog.
    assert digest(synthetic_authority(1)) == "2f1c5299fd6dfd25"
    assert digest(synthetic_system(1, authorities=2)) == "8aa8a9a75ca47949"
    # The largest authority of twelve towns, and one of more.
    assert digest(synthetic_authority(1, schools=150)) == "21add43d444094bd"
    assert digest(synthetic_authority(1, schools=400)) == "7ba44589e6e4b754"


def test_interpreted_draws_give_the_same_bytes() -> None:
    code = (
        "from tests.populations.test_synthetic import digest, synthetic_authority;print(digest(synthetic_authority(1)))"
    )
    plain = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert plain.stdout.strip() == digest(synthetic_authority(1))


def columns_of(table: SchoolTable, urn: np.ndarray) -> dict[str, list[object]]:
    row = {one: place for place, one in enumerate(table.urn.tolist())}
    rows = [row[one] for one in urn.tolist()]
    return {column: getattr(table, column)[rows].tolist() for column in OWN}


def test_more_schools_leave_the_others_as_they_were() -> None:
    small, large = synthetic_authority(7, schools=95), synthetic_authority(7, schools=140)
    assert np.isin(small.urn, large.urn).all()
    assert columns_of(small, small.urn) == columns_of(large, small.urn)
    # Places are the same in sides of a land that grows with the schools, to the metre.
    rows = np.flatnonzero(np.isin(large.urn, small.urn))
    stretch = Setting(schools=95).side / Setting(schools=140).side
    assert np.abs(large.easting[rows] * stretch - small.easting).max() < 0.0011


def test_another_phase_mix_leaves_the_schools_that_stay_as_they_were() -> None:
    few, many = synthetic_authority(7), synthetic_authority(7, secondary_share=0.4)
    both = few.urn[np.isin(few.urn, many.urn)]
    assert len(both) < len(few)
    assert columns_of(few, both) == columns_of(many, both)


def test_an_authority_is_itself_whatever_stands_beside_it() -> None:
    few, many = synthetic_system(3, authorities=3), synthetic_system(3, authorities=9)
    again = many.take(many.authority < 3)
    assert columns_of(few, few.urn) == columns_of(again, few.urn)
    for row in range(3):
        one, other = few.take(few.authority == row), again.take(again.authority == row)
        moved = other.easting - one.easting
        assert np.ptp(moved) < 0.0021
        assert np.ptp(other.northing - one.northing) < 0.0021


def test_authorities_do_not_overlap() -> None:
    table = synthetic_system(2, authorities=30)
    distance, row = nearest_same_phase(table)
    primaries = table.phase == PRIMARY
    same = table.authority[primaries] == table.authority[row[primaries]]
    assert 0.93 < same.mean() < 1.0


def test_a_system_has_as_many_schools_as_asked_for() -> None:
    table = synthetic_system(1, authorities=12, schools=1_500)
    assert len(table) == 1_500
    assert len(table.authorities) == len(set(table.authority.tolist())) == 12
    sizes = np.bincount(table.authority)
    assert sizes.max() > 2 * sizes.min()


def test_beyond_one_authority_a_run_has_as_many_as_england_would() -> None:
    assert len(synthetic_schools(1, 2_000, {}).authorities) == authorities_of(2_000) == 1
    assert digest(synthetic_schools(1, 60, {"density": 0.3})) == digest(synthetic_authority(1, schools=60, density=0.3))
    table = synthetic_schools(1, 2_001, {})
    assert len(table) == 2_001
    assert len(table.authorities) == authorities_of(2_001) == 14
    most = int(REGISTRY["setting.schools"].bounds[1])
    assert len(synthetic_schools(1, most, {})) == most


@pytest.mark.parametrize(("name", "value"), [
    ("density", 0.326), ("primary_roll", 141.0), ("disadvantage", 0.075), ("secondary_share", 0.4),
])  # fmt: skip
def test_a_setting_moves_each_of_several_authorities(name: str, value: float) -> None:
    def figure(table: SchoolTable) -> float:
        if name == "density":
            rows = [table.authority == row for row in range(len(table.authorities))]
            return len(table) / sum(np.ptp(table.easting[own]) * np.ptp(table.northing[own]) for own in rows)
        if name == "secondary_share":
            return float((table.phase == SECONDARY).mean())
        return float(getattr(table.of_phase(PRIMARY), name.removeprefix("primary_")).mean())

    ratio = value / getattr(ENGLAND, name)
    plain, moved = synthetic_schools(2, 2_100, {}), synthetic_schools(2, 2_100, {name: value})
    assert figure(moved) / figure(plain) == pytest.approx(ratio, rel=0.15)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"schools": 3}, "from 4 to 2000"),
        ({"schools": 95.0}, "whole number"),
        ({"schools": True}, "whole number"),
        ({"density": 0.0}, "from 0.01"),
        ({"density": float("nan")}, "from 0.01"),
        ({"disadvantage": "high"}, "a number"),
        ({"segregation": 0.6}, "to 0.5"),
        ({"secondary_share": 0.7, "special_share": 0.4}, "more than 1"),
    ],
)
def test_a_setting_out_of_bounds_is_refused_by_name(asked: dict[str, object], told: str) -> None:
    with pytest.raises(PopulationError, match=told) as fault:
        synthetic_authority(1, **asked)  # type: ignore[arg-type]
    assert f'"{next(iter(asked))}"' in str(fault.value)


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, True, None, "1"])
def test_a_seed_that_is_none_is_refused(seed: object) -> None:
    with pytest.raises(PopulationError, match="seed"):
        synthetic_authority(seed)  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", [{"authorities": 0}, {"authorities": 501}, {"schools": 43}, {"schools": 4_401}])
def test_a_system_that_cannot_be_is_refused(asked: dict[str, int]) -> None:
    with pytest.raises(PopulationError, match="must be"):
        synthetic_system(1, **{"authorities": 11, **asked})


SETTINGS = st.fixed_dictionaries(
    {
        "schools": st.integers(4, 120),
        "secondary_share": st.floats(0, 0.5),
        "special_share": st.floats(0, 0.5),
        **{
            name: st.floats(*BOUNDS[name])
            for name in BOUNDS
            if name not in ("schools", "secondary_share", "special_share")
        },
    }
)


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 2**63 - 1), asked=SETTINGS)
def test_every_setting_gives_sound_schools(seed: int, asked: dict[str, float]) -> None:
    table = synthetic_authority(seed, **asked)  # type: ignore[arg-type]
    setting = Setting(**asked)  # type: ignore[arg-type]
    assert len(table) == asked["schools"]
    assert np.bincount(table.phase, minlength=3).tolist() == list(setting.counts)
    assert table.easting.min() >= 0
    assert table.easting.max() <= setting.side + 0.001
    assert np.array_equal(table.roll, np.round(table.roll))
    pupils = table.disadvantage * table.roll
    assert np.allclose(pupils, np.round(pupils))


def over_seeds(measure: object, **asked: float) -> float:
    return float(np.mean([measure(synthetic_authority(seed, **asked)) for seed in range(25)]))  # type: ignore[operator,arg-type]


def of_primaries(column: str, figure: object) -> object:
    return lambda table: figure(getattr(table.of_phase(PRIMARY), column))  # type: ignore[operator]


def test_places_are_as_far_apart_and_as_alike_in_an_authority_of_any_size() -> None:
    """Every length but the side itself is that of an authority of 150 schools: towns, villages, rich and poor areas."""

    def figures(schools: int, seeds: range) -> tuple[float, float, float]:
        tables = [synthetic_authority(seed, schools=schools) for seed in seeds]
        return (
            float(np.mean([median_distance(table) for table in tables])),
            float(np.mean([unevenness(table) for table in tables])),
            float(np.mean([neighbour_correlation(table, PRIMARY) for table in tables])),
        )

    usual, large = figures(150, range(25)), figures(2_000, range(2))
    assert large[:2] == pytest.approx(usual[:2], rel=0.1)
    assert large[2] == pytest.approx(usual[2], abs=0.08)


def median_distance(table: SchoolTable) -> float:
    return float(np.median(nearest_same_phase(table.of_phase(PRIMARY))[0]))


def unevenness(table: SchoolTable) -> float:
    distance = nearest_same_phase(table.of_phase(PRIMARY))[0]
    return float(np.log(distance[distance > 0.03]).std())


@pytest.mark.parametrize(
    ("name", "low", "high", "measure", "least"),
    [
        ("density", 3.0, 0.05, median_distance, 0.4),
        ("town_share", 0.2, 0.8, unevenness, 0.2),
        ("primary_roll", 200.0, 400.0, of_primaries("roll", np.mean), 160.0),
        ("roll_spread", 0.5, 1.0, of_primaries("roll", np.std), 50.0),
        ("disadvantage", 0.1, 0.3, of_primaries("disadvantage", np.mean), 0.18),
        ("segregation", 0.02, 0.2, of_primaries("disadvantage", np.std), 0.08),
        ("clustering", 0.0, 0.85, lambda table: neighbour_correlation(table, PRIMARY), 0.3),
    ],
)
def test_a_setting_moves_what_it_says(name: str, low: float, high: float, measure: object, least: float) -> None:
    assert over_seeds(measure, **{name: high}) - over_seeds(measure, **{name: low}) > least


def test_secondary_roll_moves_secondary_rolls_only() -> None:
    usual, larger = synthetic_authority(1), synthetic_authority(1, secondary_roll=1_400)
    changed = usual.roll != larger.roll
    assert (usual.phase[changed] == SECONDARY).all()
    assert changed.sum() == (usual.phase == SECONDARY).sum()


def test_schools_alike_in_everything_that_can_be_made_alike() -> None:
    table = synthetic_authority(1, roll_spread=0.0, segregation=0.0)
    primaries = table.of_phase(PRIMARY)
    assert np.ptp(primaries.roll) == 0
    assert np.ptp(primaries.disadvantage) == 0


def test_importing_the_room_imports_no_pandas() -> None:
    code = "import sys, schoolsim.populations; print('pandas' in sys.modules)"
    plain = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert plain.stdout.strip() == "False"
