"""What is clicked tells its story so far, and leads on to others."""

from __future__ import annotations

import pytest

from schoolsim.explore import Session
from tests.explore.conftest import after, settled


def first_partnership(session: Session) -> str:
    return str(session.map_of("A")["lines"][0]["id"])


def test_a_schools_story_is_told_of_both_scenarios(session: Session) -> None:
    after(session, 3)
    node = session.map_of("A")["nodes"][0]
    session.select("school", node["id"], "A")
    stories = session.stories()
    assert [story["side"] for story in stories] == ["A", "B"]
    assert all(story["title"] == f"{node['name']} (school {node['id']})" for story in stories)
    assert all(story["chapters"][0]["when"] == "Year 1, autumn" for story in stories)


def test_from_a_school_to_its_partnership_to_a_teacher_and_back(session: Session) -> None:
    after(session, 2)
    session.select("partnership", first_partnership(session), "A")
    (story,) = session.stories()
    assert "begin to work together" in story["chapters"][0]["sentences"][0]
    groups = {group["title"]: group["items"] for group in story["links"]}
    teacher = groups["Its teachers"][0]
    session.select(teacher["kind"], teacher["number"], "A")
    told = session.stories()[0]
    assert teacher["label"].partition(",")[0] in told["title"]
    (school,) = told["links"][0]["items"]
    session.select(school["kind"], school["number"], "A")
    partnerships = {group["title"]: group["items"] for group in session.stories()[0]["links"]}["Its partnerships now"]
    assert first_partnership(session) in {one["number"] for one in partnerships}


def test_a_partnerships_number_is_not_rounded(session: Session) -> None:
    after(session, 1)
    number = first_partnership(session)
    session.select("partnership", number, "A")
    assert session.selected is not None
    assert str(session.selected.number) == number


def test_a_broker_and_a_network_are_told_from_lists(session: Session) -> None:
    session.tick_programme("A", "programmes/peer_review_triads")
    after(session, 2)
    lists = session.lists()["A"]
    for kind in ("broker", "network"):
        one = lists[kind][0]
        session.select(one["kind"], one["number"], "A")
        (story,) = session.stories()
        assert story["title"].startswith(one["label"])
        assert story["chapters"]


def test_before_the_first_step_there_is_nothing_to_tell(session: Session) -> None:
    session.select("school", session.map_of("A")["nodes"][3]["id"], "B")
    assert all("Press Step" in story["note"] for story in session.stories())
    assert session.stories()[0]["title"] == session.map_of("A")["nodes"][3]["name"]


def test_what_is_gone_after_a_change_is_said(session: Session) -> None:
    after(session, 2)
    session.select("partnership", first_partnership(session), "A")
    session.set_seed("9")
    (story,) = settled(session).stories()
    assert "in this scenario" in story["note"]
    session.close_story()
    assert session.stories() == []


@pytest.mark.parametrize(
    ("kind", "number", "side"), [("pupil", "1", "A"), ("school", "x", "A"), ("school", "1", "C"), ("school", "-1", "A")]
)
def test_nobody_is_selected_by_a_mistake(session: Session, kind: str, number: str, side: str) -> None:
    session.select(kind, number, side)
    assert session.error
    assert session.selected is None
