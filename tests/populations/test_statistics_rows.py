"""Of an Explore Education Statistics file: schools, the newest year, totals of filters; symbols are no numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations import PopulationError
from schoolsim.populations.official.source_files import SourceFile, read_files
from tests.populations import official_files as files

SCHOOL = {
    "time_period": "202324", "time_identifier": "Academic year", "geographic_level": "School",
    "country_name": "England", "la_name": "Thornshire", "old_la_code": "999",
}  # fmt: skip
KS4 = {
    **SCHOOL, "breakdown_topic": "Total", "breakdown": "Total", "sex": "Total", "disadvantage_status": "Total",
    "first_language": "Total", "prior_attainment": "Total", "mobility": "Total", "version": "Final",
    "establishment_type_group": "Academies",
}  # fmt: skip


def read(tmp_path: Path, header: tuple[str, ...], rows: list[dict[str, object]]) -> SourceFile:
    (file,) = read_files([files.write(tmp_path / "data.csv", header, rows)]).files
    return file


def test_the_total_of_every_filter_is_read(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**KS4, "school_urn": 1, "attainment8_average": "50.1", "progress8_average": "z"},
        {**KS4, "school_urn": 1, "sex": "Girls", "breakdown_topic": "Sex", "attainment8_average": "55.0"},
        {**KS4, "school_urn": 1, "disadvantage_status": "Disadvantaged", "attainment8_average": "40.0"},
        {**KS4, "school_urn": 2, "attainment8_average": "c"},
        {**KS4, "geographic_level": "National", "attainment8_average": "46.3"},
        {**KS4, "geographic_level": "Local authority", "school_urn": "z", "attainment8_average": "44.0"},
    ]
    file = read(tmp_path, files.STATISTICS_KS4, rows)
    assert file.urn.tolist() == [1, 2]
    assert file.cells["attainment8"] == ["50.1", "c"]
    assert file.year == 2024
    (note,) = file.notes
    assert "schools of 202324, totals of" in note
    assert "4 other rows were left out" in note


def test_the_newest_year_of_schools_is_read(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**SCHOOL, "time_period": period, "school_urn": 1, "fte_all_teachers": fte}
        for period, fte in (("202223", "10"), ("202425", "12"), ("202324", "11"))
    ]
    rows.append({**SCHOOL, "geographic_level": "National", "time_period": "202526", "fte_all_teachers": "400000"})
    file = read(tmp_path, files.STATISTICS_WORKFORCE, rows)
    assert (file.cells["fte"], file.year) == (["12"], 2025)


def test_a_filter_that_only_older_years_had_hides_nothing(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**KS4, "time_period": "201819", "school_urn": 1, "sex": sex, "attainment8_average": "40"}
        for sex in ("Total", "Boys", "Girls")
    ]
    rows.append({**KS4, "school_urn": 1, "sex": "z", "attainment8_average": "50"})
    assert read(tmp_path, files.STATISTICS_KS4, rows).cells["attainment8"] == ["50"]


def test_a_filter_without_total_is_read_at_the_subject_that_counts(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**SCHOOL, "school_urn": 1, "breakdown_topic": topic, "breakdown": "Total", "subject": subject,
         "expected_standard_pupil_percent": percent}
        for topic, subject, percent in (
            ("All pupils", "Reading", "70"), ("All pupils", "Reading, writing and maths", "61"),
            ("All pupils", "Maths", "72"), ("Sex", "Reading, writing and maths", "63"),
        )
    ]  # fmt: skip
    assert read(tmp_path, files.STATISTICS_KS2, rows).cells["key_stage_2"] == ["61"]


def test_final_figures_are_read_before_those_they_replace(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**KS4, "school_urn": 1, "version": version, "attainment8_average": score}
        for version, score in (("Provisional", "49"), ("Revised", "50"))
    ]
    assert read(tmp_path, files.STATISTICS_KS4, rows).cells["attainment8"] == ["50"]


def test_schools_repeated_in_a_column_without_total_are_refused_by_name(tmp_path: Path) -> None:
    header = (*files.STATISTICS_WORKFORCE, "grade")
    rows: list[dict[str, object]] = [
        {**SCHOOL, "school_urn": 1, "grade": grade, "fte_all_teachers": "9"} for grade in ("Head", "Deputy")
    ]
    with pytest.raises(PopulationError, match='school 1 has several rows, which differ in "grade"'):
        read(tmp_path, header, rows)


def test_a_file_of_totals_only_is_refused(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{**KS4, "geographic_level": "National", "attainment8_average": "46"}]
    with pytest.raises(PopulationError, match="holds totals only"):
        read(tmp_path, files.STATISTICS_KS4, rows)


def test_pupils_have_their_own_name_of_the_urn(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**SCHOOL, "urn": 100001, "phase_type_grouping": "State-funded primary", "headcount of pupils": "1,210",
         "% of pupils known to be eligible for free school meals": "low"},
    ]  # fmt: skip
    file = read(tmp_path, files.STATISTICS_PUPILS, rows)
    assert file.urn.tolist() == [100001]
    assert (file.cells["roll"], file.cells["fsm_percent"]) == (["1,210"], ["low"])


def test_many_measures_are_no_filters(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {**KS4, "school_urn": 1 + place, "attainment8_average": round(30 + place / 10, 1)} for place in range(600)
    ]
    file = read(tmp_path, files.STATISTICS_KS4, rows)
    assert len(file.urn) == 600
    assert np.all(np.diff(file.urn) == 1)
