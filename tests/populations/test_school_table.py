from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from schoolsim.parameters import UserError
from schoolsim.populations import PHASES, PRIMARY, SECONDARY, PopulationError, SchoolTable
from schoolsim.populations.schools import _DTYPES


def table(**changes: object) -> SchoolTable:
    columns = {
        "urn": [11, 12, 13],
        "name": ["A", "B", "B"],
        "phase": [0, 1, 2],
        "easting": [0.0, 1.0, 2.0],
        "northing": [0.0, 0.0, 0.5],
        "roll": [210, 900, 100],
        "capacity": [200, 1000, 120],
        "disadvantage": [0.0, 0.2, 1.0],
        "attainment": [0.1, np.nan, -1.0],
        "teachers": [12, 60, 20],
        "authority": [0, 0, 1],
        "authorities": ("North", "South"),
    }
    return SchoolTable(**{**columns, **changes})  # type: ignore[arg-type]


def test_columns_are_brought_to_their_types_and_locked() -> None:
    made = table()
    assert {name: getattr(made, name).dtype for name in _DTYPES} == {
        name: np.dtype(dtype) for name, dtype in _DTYPES.items()
    }
    assert set(_DTYPES) == {field.name for field in fields(made)} - {"authorities", "notes"}
    with pytest.raises(ValueError, match="read-only"):
        made.roll[0] = 1


def test_a_table_does_not_share_memory_with_what_it_was_made_from() -> None:
    roll = np.array([210.0, 900.0, 100.0])
    made = table(roll=roll)
    roll[0] = 5
    assert made.roll[0] == 210


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("urn", [11, 12, 11], "unique"),
        ("urn", [0, 12, 13], "above 0"),
        ("phase", [0, 1, 3], "special"),
        ("phase", [-1, 1, 2], "special"),
        ("easting", [0, np.inf, 1], "finite"),
        ("northing", [0, np.nan, 1], "finite"),
        ("roll", [210, 0, 100], "above 0"),
        ("roll", [210, np.nan, 100], "above 0"),
        ("roll", [210, np.inf, 100], "100,000 at most"),
        ("capacity", [210, -5, 100], "above 0"),
        ("disadvantage", [0.1, 1.01, 0], "0 to 1"),
        ("disadvantage", [0.1, np.nan, 0], "0 to 1"),
        ("disadvantage", [-0.01, 0.5, 0], "0 to 1"),
        ("attainment", [0, np.inf, 0], "NaN"),
        ("teachers", [12, 0, 20], "from 1 to 30,000"),
        ("authority", [0, 2, 1], "2 authorities"),
        ("authority", [0, -1, 1], "2 authorities"),
        ("teachers", [12.5, 60, 20], "whole numbers"),
        ("urn", [11, np.nan, 13], "whole numbers"),
        ("roll", [210, 900], "2 rows"),
        ("roll", [[210, 900, 100]], "2 dimensions"),
        ("roll", ["many", 1, 2], "no number"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(column: str, values: list[float], told: str) -> None:
    with pytest.raises(PopulationError, match=told) as fault:
        table(**{column: values})
    assert f'"{column}"' in str(fault.value)


def test_the_message_names_the_school_and_counts_the_others() -> None:
    with pytest.raises(PopulationError, match=r'school 12 "B": "roll" is -1\.0.*\(1 more such\)'):
        table(roll=[210, -1, -2])


def test_no_schools_are_refused() -> None:
    with pytest.raises(PopulationError, match="at least one"):
        table().take(np.zeros(3, dtype=bool))


def test_a_population_error_is_a_users_mistake() -> None:
    assert issubclass(PopulationError, UserError)


def test_phases_are_picked_by_code_and_by_name() -> None:
    assert table().of_phase(SECONDARY).urn.tolist() == [12]
    assert table().of_phase("special").urn.tolist() == [13]
    with pytest.raises(PopulationError, match='"primary", "secondary", "special"'):
        table().of_phase("nursery")


def test_rows_are_taken_in_the_order_asked_for_with_authorities_and_notes() -> None:
    made = table(notes=("Two left out.",)).take(np.array([2, 0]))
    assert made.urn.tolist() == [13, 11]
    assert made.authorities == ("North", "South")
    assert made.authority.tolist() == [1, 0]
    assert made.with_notes("One filled.").notes == ("Two left out.", "One filled.")


def test_summary_by_hand() -> None:
    figures = table(phase=[0, 0, 1]).summary()
    assert set(figures) == {PHASES[PRIMARY], PHASES[SECONDARY], "all"}
    first = figures["primary"]
    assert first["schools"] == 2
    assert first["pupils"] == 1110
    assert first["teachers"] == 72
    assert first["roll"] == 555
    assert first["capacity use"] == pytest.approx(1110 / 1200)
    assert first["disadvantage"] == pytest.approx(0.2 * 900 / 1110)
    assert first["attainment known"] == 0.5
    assert figures["all"]["schools"] == 3
