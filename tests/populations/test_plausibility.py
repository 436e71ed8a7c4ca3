"""Figures that no school can have are told and left out; none of them makes a world that cannot be run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations import PopulationError, SchoolTable, read_schools
from schoolsim.populations.plausibility import MOST_PUPILS, MOST_TEACHERS, PLAUSIBLE
from schoolsim.populations.schools import PHASES
from tests.populations.made_up import COLUMNS, primary, secondary, write


@pytest.mark.parametrize("phase", PHASES)
def test_the_ceiling_is_above_the_largest_school_and_below_ten_times_it(phase: str) -> None:
    limits = PLAUSIBLE[PHASES.index(phase)]
    assert 1.5 * limits.largest_known < limits.roll < 10 * limits.largest_known
    assert limits.places > limits.roll


@pytest.mark.parametrize("roll", ["1000000000", "3501", "1e300"])
def test_a_primary_school_with_more_pupils_than_can_be_is_left_out_and_told(roll: str, tmp_path: Path) -> None:
    rows = [primary(100001), primary(100002, roll=roll), secondary(100003, roll=3501)]
    table = read_schools(write(tmp_path, rows))
    assert table.urn.tolist() == [100001, 100003]
    assert table.teachers.sum() < 500
    told = " ".join(table.notes)
    assert "1 with more pupils than a school of its phase can have" in told
    assert "primary 3,500, secondary 6,000, special 1,000" in told


def test_a_file_of_nothing_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match="no school is left.*more pupils than a school of its phase"):
        read_schools(write(tmp_path, [primary(100001, roll=1_000_000_000)]))


@pytest.mark.parametrize(
    "columns",
    [{"fte": "1000000000"}, {"fte": "211"}, {"Total Number of Teachers (Headcount)": "5600000"}],
)
def test_more_teachers_than_pupils_are_drawn_instead(columns: dict[str, str], tmp_path: Path) -> None:
    header = (*COLUMNS, "Total Number of Teachers (Headcount)")
    table = read_schools(write(tmp_path, [primary(100001, **columns)], columns=header))
    assert 5 < table.teachers[0] < 20
    assert "Teachers are not known for 1 school" in " ".join(table.notes)


def test_as_many_teachers_as_pupils_can_be(tmp_path: Path) -> None:
    assert read_schools(write(tmp_path, [primary(100001, fte="209")])).teachers[0] > 200


@pytest.mark.parametrize("places", ["1000000000", "4501"])
def test_places_beyond_what_can_be_are_unknown(places: str, tmp_path: Path) -> None:
    rows = [primary(100001, roll=3000, SchoolCapacity=places)]
    table = read_schools(write(tmp_path, rows, columns=(*COLUMNS, "SchoolCapacity")))
    assert table.capacity[0] == round(3000 / 0.84)


@pytest.mark.parametrize(("measure", "value"), [("a8", "5000"), ("a8", "-3"), ("p8", "60")])
def test_results_beyond_the_scale_are_unknown_and_told(measure: str, value: str, tmp_path: Path) -> None:
    columns = tuple(name for name in COLUMNS if measure == "a8" or not name.startswith("Attainment8"))
    rows = [secondary(100001, **{measure: value}), secondary(100002, **{measure: "0.5"})]
    table = read_schools(write(tmp_path, rows, columns=columns))
    assert np.isnan(table.attainment[0])
    assert np.isfinite(table.attainment[1])
    assert "for 1 establishments; it was read as missing" in " ".join(table.notes)


@pytest.mark.parametrize(
    ("column", "value"), [("roll", MOST_PUPILS + 1), ("capacity", 1e7), ("teachers", MOST_TEACHERS + 1)]
)
def test_no_table_of_schools_holds_what_no_computer_could(column: str, value: float) -> None:
    columns = {
        "urn": [1], "name": ["A"], "phase": [0], "easting": [1.0], "northing": [1.0], "roll": [200.0],
        "capacity": [240.0], "disadvantage": [0.1], "attainment": [0.0], "teachers": [10], "authority": [0],
    }  # fmt: skip
    SchoolTable(**columns, authorities=("A",))  # type: ignore[arg-type]
    with pytest.raises(PopulationError, match=f'"{column}" is .* must be'):
        SchoolTable(**{**columns, column: [value]}, authorities=("A",))  # type: ignore[arg-type]
