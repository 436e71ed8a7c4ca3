"""The readers on real files, where they lie beside the project; they are no part of it.

The folder is `shared/data` beside the project, or the one that SCHOOLSIM_REAL_DATA names.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations import (
    PRIMARY,
    SECONDARY,
    SPECIAL,
    Place,
    build_place,
    read_place,
    read_schools,
    write_place,
)
from schoolsim.populations.geography import nearest_same_phase

DATA = Path(os.environ.get("SCHOOLSIM_REAL_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
FOLDER = DATA / "derived"
SLICE = FOLDER / "slice_sheffield_suffolk_camden.csv"
ENGLAND = FOLDER / "schools_england_2019_gias_like.csv"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no real data at {FOLDER}")


@pytest.fixture(scope="module")
def england() -> Place:
    return build_place([DATA / "raw", ENGLAND])


@pytest.mark.slow
def test_england_is_built_of_all_its_files_in_a_minute(tmp_path: Path) -> None:
    start = time.perf_counter()
    place = build_place([DATA / "raw", FOLDER])
    write_place(place, tmp_path / "england")
    assert time.perf_counter() - start < 60
    assert len(place.schools) == 20_933
    again = read_place(tmp_path / "england")
    assert len(again.fates) == len(place.fates) == 24_550


@pytest.mark.slow
def test_every_file_of_england_is_recognised(england: Place) -> None:
    assert {record.file: record.kind for record in england.files} == {
        "england_census_2018-19.csv": "school census of the performance tables",
        "england_ks4provisional_2018-19.csv": "Key Stage 4 performance table",
        "england_swf_2018-19_truncated.csv": "school workforce census",
        "grouplinks_edubaseallacademiesandfree20190601.csv": "members of trusts, federations and sponsors",
        "ks4_geo_2018-19.csv": "Key Stage 4 performance table",
        "schools_england_2019_gias_like.csv": "register of schools",
    }


@pytest.mark.slow
def test_england_has_a_fate_for_every_establishment_by_name(england: Place) -> None:
    fates = england.fates["fate"].value_counts()
    assert fates.sum() == 24_550
    assert fates["kept"] + fates["kept, filled in"] == 20_933
    assert england.fates["name"].str.len().min() > 0
    basis = {figure: england.schools[f"{figure}_basis"].value_counts() for figure in ("roll", "teachers", "attainment")}
    assert basis["roll"].to_dict() == {"read": 20_933}
    assert basis["teachers"]["read"] > 8_000  # the workforce census of authorities 201 to 825
    assert basis["attainment"]["read"] > 3_500
    assert set(england.schools["attainment_code"]) >= {"NE", "SUPP"}
    assert (england.schools["trust_type"] == "Multi-academy trust").sum() > 6_500


@pytest.mark.slow
def test_degrees_and_the_grid_agree_to_the_metres_of_a_postcode(england: Place) -> None:
    alone = build_place([DATA / "raw"])
    both = alone.schools.merge(england.schools, on="urn", suffixes=("", "_grid"))
    apart = np.hypot(both["easting"] - both["easting_grid"], both["northing"] - both["northing_grid"])
    assert len(both) > 3_900
    assert np.median(apart) < 0.03


@pytest.mark.parametrize(
    ("authority", "rows", "phases"),
    [
        ("Sheffield", 185, (132, 31, 10)),
        ("Suffolk", 352, (251, 46, 10)),
        ("Camden", 93, (42, 10, 4)),
    ],
)
def test_an_authority_of_the_slice(authority: str, rows: int, phases: tuple[int, int, int]) -> None:
    table = read_schools(SLICE, authority)
    assert np.bincount(table.phase, minlength=3).tolist() == list(phases)
    assert f"{sum(phases)} of {rows} establishments kept." in table.notes
    assert np.isfinite(table.attainment[table.phase == SECONDARY]).mean() > 0.8
    assert np.isnan(table.attainment[table.phase != SECONDARY]).all()


def test_an_authority_is_the_same_from_its_slice_and_from_england() -> None:
    one, other = read_schools(SLICE, "Sheffield"), read_schools(ENGLAND, 373)
    for column in ("urn", "roll", "teachers", "easting"):
        assert getattr(one, column).tolist() == getattr(other, column).tolist()
    assert one.attainment == pytest.approx(other.attainment, nan_ok=True)


@pytest.mark.slow
def test_england_has_its_published_figures() -> None:
    table = read_schools(ENGLAND)
    assert len(table) == 20_933
    assert len(table.authorities) == 152
    # 225 primary, 28 secondary and 6 special schools have no coordinates; some have no roll.
    assert np.bincount(table.phase).tolist() == [16_543, 3_411, 979]
    assert table.roll[table.phase == PRIMARY].mean() == pytest.approx(282, abs=1)
    share = table.disadvantage[table.phase == PRIMARY]
    assert share.mean() == pytest.approx(0.149, abs=0.001)
    assert share.std() == pytest.approx(0.112, abs=0.001)
    distance, _ = nearest_same_phase(table)
    far = distance[(table.phase == SECONDARY) & (distance > 0.03)]
    assert np.log(far).mean() == pytest.approx(0.332, abs=0.01)
    attainment = table.attainment[table.phase == SECONDARY]
    assert np.nanmean(attainment) == pytest.approx(0, abs=0.05)
    # Known staff only: the others are drawn to it.
    heads = [table.teachers[table.phase == code].sum() for code in (PRIMARY, SECONDARY, SPECIAL)]
    assert sum(heads) == pytest.approx(490_000, rel=0.03)


def test_no_person_is_in_what_is_read() -> None:
    assert "Head" not in " ".join(read_schools(SLICE).notes)
