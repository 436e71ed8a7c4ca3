"""Levers that can have no effect in a study, and why."""

from __future__ import annotations

import pytest

from schoolsim.config import StudyConfig, config_from_mapping


def because(config: StudyConfig) -> dict[str, str]:
    return {idle.lever: idle.because for idle in config.idle_levers()}


def study(**levers: object) -> StudyConfig:
    return config_from_mapping({"levers": {"programme.originators": 4, **levers}})


def test_a_lever_says_what_it_lacks_and_what_that_is_now() -> None:
    assert because(study(**{"badging.share": [0.5, 1.0]})) == {
        "badging.share": "nobody carries a badge (badging.scope is none)"
    }
    assert because(study(**{"badging.share": [0.5, 1.0], "badging.scope": ["none", "collective"]})) == {}


def test_one_of_several_needs_will_do() -> None:
    bought = study(**{"funding.purse": ["originator", "partnership"]})
    assert because(bought)["funding.purse"] == (
        "the programme has no money (funding.per_partnership is 0.0, funding.total is 0.0)"
    )
    assert because(study(**{"funding.purse": ["originator", "partnership"], "funding.total": 1000.0})) == {}


def test_what_is_linked_or_a_range_may_meet_a_need() -> None:
    linked = config_from_mapping({
        "levers": {"badging.scope": ["none", "collective"]},
        "linked": [{"parameters": ["programme.originators", "programme.partners_each"], "values": [[0, 1], [3, 2]]}],
    })  # fmt: skip
    assert because(linked) == {}
    ranged = config_from_mapping({
        "levers": {"ast.managed": [False, True], "ast.share": {"low": 0.0, "high": 1.0, "levels": 3}},
    })  # fmt: skip
    assert because(ranged) == {}


def test_a_timetable_may_meet_a_need_in_some_year() -> None:
    later = study(**{"badging.share": [0.5, 1.0], "badging.scope": {0: "none", 2: "collective"}})
    assert because(later) == {}


def test_a_default_is_no_lever_that_somebody_set() -> None:
    assert because(config_from_mapping({"levers": {"badging.scope": "none"}})) == {}


def test_a_programme_that_begins_after_the_end_does_nothing() -> None:
    late = config_from_mapping({
        "years": 3, "levers": {"programme.originators": 4, "programme.begins": 5, "programme.imposed": True},
    })  # fmt: skip
    assert because(late)["programme.imposed"] == (
        "the study ends before the programme begins (programme.begins is 5, years is 3)"
    )


def test_a_mechanism_that_is_taken_out_takes_its_levers_with_it() -> None:
    off = config_from_mapping({"constants": {"mechanism.accreditation": False}, "levers": {"accreditation.rate": 0.5}})
    assert because(off)["accreditation.rate"].startswith("what it works by is taken out of the model")


def test_each_programme_is_looked_at_by_itself() -> None:
    two = config_from_mapping({
        "programmes": [
            {"name": "north", "levers": {"programme.originators": 3, "badging.share": 0.5}},
            {"name": "south", "levers": {"programme.originators": 3, "badging.share": 0.5,
                                         "badging.scope": "collective"}},
        ],
    })  # fmt: skip
    assert list(because(two)) == ["north/badging.share"]


@pytest.mark.parametrize("word", ["programme.begins", "badging.scope"])
def test_what_a_file_may_hold_is_not_said_to_be_missing(word: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "points.csv").write_text("programme.originators\n3\n")
    listed = config_from_mapping({
        "design": {"kind": "file", "file": str(tmp_path / "points.csv")},
        "levers": {word: 2 if word == "programme.begins" else "collective"},
    })  # fmt: skip
    assert because(listed) == {}
