"""Timetables of levers: what they may say, how they are written, and what holds in which year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.parameters import REGISTRY, ParameterError, Scenario, parameter
from schoolsim.parameters.constraints import CONSTRAINTS
from schoolsim.parameters.timetable import as_levels, is_timetable, timetable, value_in

CHANGING = [name for name, spec in REGISTRY.items() if spec.may_change]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, dict[int, object]]:
    """A lever and values by year."""
    name = draw(st.sampled_from(CHANGING))
    spec = REGISTRY[name]
    values: dict[str, st.SearchStrategy[object]] = {
        "flag": st.booleans(),
        "choice": st.sampled_from(spec.options or ("",)),
        "whole": st.integers(int(spec.low or 0), int(spec.high or 0)),
        "real": st.floats(float(spec.low or 0), float(spec.high or 0)),
    }
    years = draw(st.sets(st.integers(1, 200), max_size=3))
    return name, {year: draw(values[spec.kind]) for year in (0, *years)}


@given(tables())
def test_in_every_year_the_last_value_given_holds(made: tuple[str, dict[int, object]]) -> None:
    name, table = made
    scenario = Scenario.of({name: table})
    for year in (-1, 0, *table, *(year - 1 for year in table if year), 400):
        last = max(given for given in table if given <= max(0, year))
        found = scenario.in_year(year)[name]
        assert found == table[last]
        assert type(found) is type(parameter(name).check(table[last]))
    assert set(scenario.years_of_change) <= set(table) - {0}


@given(tables())
def test_its_text_says_it_all(made: tuple[str, dict[int, object]]) -> None:
    name, table = made
    spec = parameter(name)
    text = spec.check(table)
    assert spec.check(text) == spec.check({str(year): value for year, value in table.items()}) == text
    assert spec.check(timetable(text)) == text
    assert eval(repr(Scenario.of({name: table})), {"Scenario": Scenario}) == Scenario.of({name: table})  # noqa: S307
    assert is_timetable(text) == (len(set(map(repr, timetable(text).values()))) > 1)


def test_what_never_changes_is_a_plain_value() -> None:
    assert parameter("badging.scope").check({0: "none", 3: "none"}) == "none"
    assert parameter("funding.years").check({0: 2}) == 2
    assert Scenario.of({"broker.practices": {0: False, 4: False}}) == Scenario.of({})


def test_it_reads_as_people_say_it() -> None:
    scope = {5: "none", 0: "none", 3: "collective"}
    assert parameter("badging.scope").check(scope) == "none; collective from year 3; none from year 5"
    assert parameter("beacon/funding.years").check({0: 1, 2: 4}) == "1; 4 from year 2"
    assert parameter("broker.practices").check({0: False, 1: True}) == "false; true from year 1"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("badging.scope", {3: "collective"}, "without year 0"),
        ("badging.scope", {0: "none", 3: "colective"}, 'Did you mean "collective"'),
        ("badging.scope", {0: "none", 201: "collective"}, "201.*from 0 to 200"),
        ("badging.scope", {0: "none", "1.5": "collective"}, "whole numbers"),
        ("badging.scope", {0: "none", -1: "collective"}, "whole numbers"),
        ("badging.scope", {0: "none", 3: {0: "none", 1: "collective"}}, "within its timetable"),
        ("badging.scope", {0: "none", "0": "collective"}, "year 0 twice"),
        ("badging.scope", "none; collective from year soon", "as text"),
        ("badging.scope", "none; collective from year 3; none from year 3", "rising"),
        ("funding.years", {0: 1, 2: 99}, "whole number from 0 to 30"),
        ("market.choice_weight", {0: 0.1, 3: 0.2}, "is an uncertainty.*only a lever"),
        ("trust.change", {0: 0.1, 3: 0.2}, "only a lever"),
        ("programme.begins", {0: 1, 3: 2}, "read once, as the programme is placed on the schools"),
        ("north/programme.networks", {0: 1, 3: 2}, "read once, as the programme founds its networks"),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        Scenario.of({name: value})


def test_levels_beside_a_timetable_are_text() -> None:
    changing = parameter("funding.per_partnership").check({0: 0.0, 3: 9000.0})
    assert as_levels((0.0, 500.0)) == (0.0, 500.0)
    levels = as_levels((0.0, changing))
    assert levels == ("0.0 throughout", "0.0; 9000.0 from year 3")
    assert [parameter("funding.per_partnership").check(level) for level in levels] == [0.0, changing]
    assert [value_in(level, 3) for level in (0.0, changing)] == [0.0, 9000.0]
    assert as_levels(("none", "none; collective from year 3"))[0] == "none"


def test_no_constraint_is_about_what_changes() -> None:
    """They are checked once, before the run."""
    assert not {name for constraint in CONSTRAINTS for name in constraint.parameters} & set(CHANGING)
