from __future__ import annotations

import pytest

from schoolsim.populations import PRIMARY, SECONDARY, SPECIAL
from schoolsim.populations.official.establishment_types import (
    INDEPENDENT,
    NURSERY,
    OTHER,
    REFERRAL,
    UNKNOWN,
    Evidence,
    classify,
    is_open,
)

LA, ACADEMY = "Local authority maintained schools", "Academies"


@pytest.mark.parametrize(
    ("census", "phase_or_reason"),
    [
        ("State-funded primary", PRIMARY),
        ("State-funded secondary", SECONDARY),
        ("State-funded special school", SPECIAL),
        ("Independent school", INDEPENDENT),
        ("State-funded nursery", NURSERY),
        ("Pupil referral unit", REFERRAL),
        ("Non-maintained special school", OTHER),
    ],
)
def test_the_census_settles_it(census: str, phase_or_reason: int | str) -> None:
    assert classify(Evidence(census_type=census, group=LA, phase="16 plus")) == phase_or_reason


@pytest.mark.parametrize(
    ("type_name", "group", "phase", "phase_or_reason"),
    [
        ("Community school", LA, "Primary", PRIMARY),
        ("Community school", "4", "2", PRIMARY),
        ("Community school", "04", "02", PRIMARY),
        ("Academy converter", ACADEMY, "Middle deemed primary", PRIMARY),
        ("Academy converter", "10", "3", PRIMARY),
        ("Academy converter", ACADEMY, "Middle deemed secondary", SECONDARY),
        ("Academy converter", "10", "5", SECONDARY),
        ("Free schools", "11", "All-through", SECONDARY),
        ("Free schools", "11", "All through", SECONDARY),
        ("Free schools 16 to 19", "Free Schools", "16 plus", SECONDARY),
        ("Community special school", "Special schools", "Not applicable", SPECIAL),
        ("Academy special converter", ACADEMY, "0", SPECIAL),
        ("Free schools special", "Free Schools", "Not applicable", SPECIAL),
        ("Other independent special school", "Independent schools", "Not applicable", INDEPENDENT),
        ("Other independent special school", "", "Not applicable", INDEPENDENT),
        ("", "3", "Not applicable", INDEPENDENT),
        ("", "03", "Not applicable", INDEPENDENT),
        ("Pupil referral unit", LA, "Not applicable", REFERRAL),
        ("Academy alternative provision converter", ACADEMY, "Not applicable", REFERRAL),
        ("Local authority nursery school", LA, "Nursery", NURSERY),
        ("Further education", "Colleges", "16 plus", OTHER),
        ("Non-maintained special school", "Special schools", "Not applicable", OTHER),
        ("British schools overseas", "9", "Not applicable", OTHER),
        ("Welsh establishment", "6", "Primary", OTHER),
        ("Community school", LA, "Not applicable", UNKNOWN),
        ("", "", "", UNKNOWN),
    ],
)
def test_the_register_by_name_and_by_code(type_name: str, group: str, phase: str, phase_or_reason: int | str) -> None:
    assert classify(Evidence(type_name=type_name, group=group, phase=phase)) == phase_or_reason


@pytest.mark.parametrize(
    ("status", "closed_on", "expected"),
    [
        ("Open", "", True),
        ("Open", "31-08-2021", True),
        ("Open, but proposed to close", "31-08-2030", True),
        ("1", "", True),
        ("Closed", "", False),
        ("2", "", False),
        ("Proposed to open", "", False),
        ("", "", True),
        ("", "31-08-2021", False),
    ],
)
def test_the_status_decides_and_a_date_only_where_there_is_none(status: str, closed_on: str, expected: bool) -> None:
    assert is_open(status, closed_on) is expected
