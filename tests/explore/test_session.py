"""Two scenarios on one clock: what is seen is what the same run gives anywhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.config import StudyConfig, config_from_mapping
from schoolsim.explore import Session
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.system.school_system import SchoolSystem
from tests.explore.conftest import SMALL, after, settled


def fresh(steps: int, **values: object) -> SchoolSystem:
    """The small authority with these values, run by itself."""
    config = config_from_mapping(SMALL)
    system = SchoolSystem(parameters={**config.scenario().changed(), **values}, seed=config.seed, years=config.years)
    for _ in range(steps):
        system.step()
    return system


def same(session: Session, side: str, system: SchoolSystem) -> bool:
    return session.sides[side].system.outcomes().equals(system.outcomes())


def test_the_first_scenario_is_the_config_and_the_second_the_same_world_without(session: Session) -> None:
    after(session, 3)
    assert same(session, "A", fresh(3))
    second = session.sides["B"]
    assert second.scenario == session.sides["A"].scenario.without_programmes()
    assert (np.array(second.system.simulation.series["effect.mean"]) == 0.0).all()


def test_without_a_config_it_begins_with_a_programme_and_none() -> None:
    chosen = [Session().chosen(name) for name in ("A", "B")]
    assert [one["programmes"] for one in chosen] == [["programmes/beacon"], []]


def test_a_changed_lever_is_seen_at_once_at_the_same_half_term(session: Session) -> None:
    after(session, 4)
    session.set_value("A", "funding.per_partnership", 50_000)
    assert session.behind
    assert session.when.startswith("At the beginning")
    settled(session)
    assert session.clock == 4
    assert same(session, "A", fresh(4, **{"funding.per_partnership": 50_000.0}))
    assert session.chosen("A")["hand"] == ["funding.per_partnership"]
    session.unset_value("A", "funding.per_partnership")
    assert same(settled(session), "A", fresh(4))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("funding.per_partnership", -5, "from 0.0 to 200000.0"),
        ("badging.scope", "colective", 'Did you mean "collective"'),
        ("badging.scop", "none", 'Did you mean "badging.scope"'),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(session: Session, name: str, value: object, says: str) -> None:
    after(session, 2)
    before = session.sides["A"]
    session.play(True)
    session.set_value("A", name, value)
    assert says in session.error
    assert session.sides["A"] is before
    assert not session.playing
    session.dismiss()
    assert session.error == ""


def test_playing_goes_on_to_the_end_and_stops(session: Session) -> None:
    session.play(True)
    for _ in range(200):
        session.tick()
        if not session.playing:
            break
    assert session.ended
    assert not session.behind
    assert session.clock == 12
    session.step()
    assert "last half-term" in session.notice
    assert session.clock == 12
    session.play(True)
    assert not session.playing


def test_a_tick_does_nothing_where_nothing_plays(session: Session) -> None:
    session.tick()
    assert session.clock == 0


def test_reset_goes_back_and_keeps_what_was_set(session: Session) -> None:
    session.set_value("B", "market.choice_weight", 0.4)
    after(session, 2)
    session.reset()
    assert (session.clock, session.when) == (0, "At the beginning (0 of 12 half-terms)")
    assert session.sides["B"].scenario["market.choice_weight"] == 0.4
    assert same(after(session, 1), "A", fresh(1))


def test_the_other_scenario_can_be_made_the_same(session: Session) -> None:
    after(session, 2)
    session.copy("A")
    settled(session)
    assert session.sides["B"].system.outcomes().equals(session.sides["A"].system.outcomes())
    lines = session.charts()
    assert all(chart["now"]["A less B"] in ("0", "–") for chart in lines)


def test_both_are_drawn_from_one_seed(session: Session) -> None:
    after(session, 1)
    session.set_seed("8")
    settled(session)
    assert session.clock == 1
    assert {side.system.seed for side in session.sides.values()} == {8}
    for wrong in ("", "-1", "a", "1.5", "9" * 20):
        session.set_seed(wrong)
        assert "whole number from 0" in session.error
        assert session.seed == 8


def test_the_number_of_schools_is_that_of_both(session: Session) -> None:
    session.set_schools("12")
    assert [len(side.names) for side in session.sides.values()] == [12, 12]
    session.set_schools("2")
    assert "from 4 to 24000" in session.error


def test_schools_of_a_config_of_real_schools_are_not_redrawn(tmp_path: Path) -> None:
    session = Session(config_from_mapping({**SMALL, "population": {"schools": 12}}), tmp_path)
    assert session.fixed_schools
    session.set_schools("20")
    assert "which schools there are" in session.error
    assert len(session.sides["A"].names) == 12


def test_programmes_and_settings_are_ticked_and_taken_away(session: Session) -> None:
    session.tick_programme("B", "programmes/beacon")
    session.tick_programme("B", "programmes/leading_edge")
    chosen = session.chosen("B")
    assert chosen["several"] == ["beacon", "leading_edge"]
    assert "beacon/funding.purse" in chosen["values"]
    session.tick_programme("B", "programmes/beacon")
    session.set_setting("B", "settings/urban")
    assert session.chosen("B")["title"].startswith("Leading edge, urban")
    session.tick_programme("B", "opened")
    assert session.chosen("B")["programmes"] == ["opened"]
    session.set_setting("B", "settings/urban")
    assert "has its own setting" in session.error
    session.tick_programme("B", "../../secret")
    assert "no programme" in session.error


def test_one_scenario_can_be_shown_alone(session: Session) -> None:
    session.show_difference(True)
    session.compare(False)
    assert list(session.sides) == ["A"]
    assert not session.difference
    after(session, 2)
    assert list(session.charts()[0]["now"]) == ["A"]
    session.compare(True)
    assert session.behind
    assert settled(session).sides["B"].half_term == 2


def test_curves_come_and_go(session: Session) -> None:
    session.show_curve("hours.travel")
    assert [chart["name"] for chart in session.charts()][-1] == "hours.travel"
    session.show_curve("hours.travl")
    assert 'Did you mean "hours.travel"' in session.error
    session.hide_curve("hours.travel")
    assert "hours.travel" not in session.outcomes
    for name in OUTCOMES:
        session.show_curve(name)
    assert "room for 12" in session.error
    assert len(session.charts()) == 12


def test_every_action_can_be_seen_to_have_happened(session: Session) -> None:
    seen = [session.revision]
    for action in (session.step, session.tick, session.reset, session.dismiss, lambda: session.play(True)):
        action()
        seen.append(session.revision)
    assert seen == sorted(set(seen))


def test_a_burn_in_is_run_before_the_policy(small: StudyConfig, tmp_path: Path) -> None:
    session = Session(config_from_mapping({**SMALL, "burn_in_years": 1}), tmp_path)
    assert session.when == "6 half-terms before the policy begins"
    after(session, 7)
    assert session.when.startswith("After Year 1, autumn")
    assert session.charts()[0]["years"][0]["text"] == "-1"
