"""A made-up place is written, read and run as one of official files is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations import PopulationError, Setting, draw_place, read_schools, synthetic_system, write_place

COLUMNS = (
    "urn", "name", "phase", "easting", "northing", "roll", "capacity", "disadvantage", "attainment", "teachers",
    "authority",
)  # fmt: skip


def test_what_is_written_reads_back_as_it_was_drawn(tmp_path: Path) -> None:
    table = read_schools(write_place(draw_place(4, authorities=11), tmp_path / "region"))
    drawn = synthetic_system(4, authorities=11)
    for column in COLUMNS:
        assert np.array_equal(getattr(table, column), getattr(drawn, column)), column
    # In the order of their numbers, though a place orders authorities by name: 2 before 10.
    assert table.authorities[:3] == ("Authority 01", "Authority 02", "Authority 03")


def test_an_authority_is_chosen_by_name_or_number(tmp_path: Path) -> None:
    folder = write_place(draw_place(4, authorities=11), tmp_path / "region")
    seventh = read_schools(folder, "Authority 07")
    assert np.array_equal(seventh.urn, read_schools(folder, 7).urn)
    assert (seventh.urn // 100_000 == 7).all()


def test_every_figure_is_marked_as_drawn_and_every_school_as_kept() -> None:
    place = draw_place(4)
    assert len(place.schools) == 95
    assert set(place.schools["roll_basis"]) == {"drawn"}
    assert set(place.schools["teachers_source"]) == {"drawn with seed 4"}
    assert set(place.fates["fate"]) == {"kept"}
    assert place.files == ()
    assert place.notes[0] == "95 made-up schools of 1 authority such as England has, drawn with seed 4."


def test_size_and_settings_are_those_asked_for_and_told() -> None:
    place = draw_place(4, authorities=11, schools=600, like=Setting(density=0.326))
    assert len(place.schools) == 600
    assert len(place.authorities) == 11
    assert "but for density 2 times England's" in place.notes[0]
    with pytest.raises(PopulationError, match="from 4 to 2000"):
        draw_place(4, schools=2_001)
