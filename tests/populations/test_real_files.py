"""The reader on real files, where they lie beside the project; they are not part of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations import PRIMARY, SECONDARY, SPECIAL, read_schools
from schoolsim.populations.geography import nearest_same_phase

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "derived"
SLICE = FOLDER / "slice_sheffield_suffolk_camden.csv"
ENGLAND = FOLDER / "schools_england_2019_gias_like.csv"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no real data at {FOLDER}")


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
