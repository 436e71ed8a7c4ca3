"""Stories say what the columns of a run say, of whom they should, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.config import config_from_mapping, load_config
from schoolsim.parameters import UserError
from schoolsim.stories import KINDS, Story, names, story
from schoolsim.stories.partnerships import PartnershipWatch
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.schema import HALF_TERMS
from tests.system.worlds import World, in_trusts, made_table

SMALL = {"constants": {"setting.schools": 16}}
CONFIGS = {
    "partnership": "programmes/beacon", "school": "programmes/beacon", "teacher": "programmes/beacon",
    "broker": "programmes/authority_brokerage", "network": "programmes/peer_review_triads",
}  # fmt: skip


def told(kind: str, name: str | None = None, **given: object) -> Story:
    study = config_from_mapping(SMALL, on=load_config(name or CONFIGS[kind]))
    return story(kind, study, **given)  # type: ignore[arg-type]


def run_of(name: str, years: int = 3) -> Simulation:
    """The run that a story of this config with seed 1 is told from."""
    study = config_from_mapping(SMALL, on=load_config(name))
    scenario = study.scenario()
    run = Simulation(scenario, 1, Population().table(scenario, 1), burn_in_years=1, outcomes=())
    run.run(years)
    return run


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_run_tells_the_same_story(kind: str) -> None:
    assert str(told(kind)) == str(told(kind))
    assert told(kind).chapters


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_are_whole_and_hold_no_names_of_columns(kind: str) -> None:
    for chapter in told(kind).chapters:
        for sentence in chapter.sentences:
            assert sentence[0].isupper() or sentence[0].isdigit(), sentence
            assert sentence.endswith("."), sentence
            assert "_" not in sentence


def test_a_partnerships_last_numbers_are_those_of_the_run() -> None:
    one = told("partnership")
    run = run_of("programmes/beacon")
    table = run.state.partnerships
    slots = np.flatnonzero((table.uid == one.number) & (table.alive == 1))
    text = str(one)
    if len(slots) == 0:
        assert "ends" in text
        return
    slot = int(slots[0])
    assert names.school(run.state, int(table.originator[slot])) in one.title
    assert names.school(run.state, int(table.partner[slot])) in one.title
    began = next(chapter for chapter in one.chapters if chapter.half_term == max(0, int(table.began[slot])))
    assert "begin to work together" in began.sentences[0]


def test_a_schools_story_is_that_of_its_columns() -> None:
    one = told("school")
    run = run_of("programmes/beacon", years=0)
    run.step()
    schools = run.state.schools
    row = schools.uid.tolist().index(one.number)
    assert names.school(run.state, row) in one.title
    assert f"of {schools.roll[row]:.0f} pupils" in one.chapters[0].sentences[0]
    assert f"to {schools.tone[row]:.2f} of 1" in one.chapters[0].sentences[2]
    partners = {int(other) for other in _partners(run, row)}
    first = " ".join(one.chapters[0].sentences)
    assert {other for other in range(len(schools)) if f" {names.school(run.state, other)}, by" in first} == partners


def _partners(run: Simulation, row: int) -> list[int]:
    table = run.state.partnerships
    now = table.alive == 1
    return [*table.partner[now & (table.originator == row)], *table.originator[now & (table.partner == row)]]


def test_a_brokers_sum_is_that_of_the_table() -> None:
    last = told("broker").chapters[-1].sentences[-1]
    run = run_of("programmes/authority_brokerage")
    introduced = int(run.state.brokers.introduced[0])
    made = run.state.introductions.outcome[: min(introduced, 256)]
    assert last == (
        f"In all, {names.number_of(len(made), 'introduction')}: {int((made >= 1).sum())} met, "
        f"{int((made >= 2).sum())} came to joint work."
    )


def test_a_networks_meetings_are_told_as_their_number_changes() -> None:
    one = told("network")
    run = run_of("programmes/peer_review_triads")
    often = {"They meet once each half-term.": 1, "They meet twice each half-term.": 2, "They no longer meet.": 0}
    rates = {chapter.half_term: often[line] for chapter in one.chapters for line in chapter.sentences if line in often}
    rate = met = 0
    for half_term in range(3 * HALF_TERMS):
        rate = rates.get(half_term, rate)
        met += rate
    assert met == int(run.state.networks.met[one.number - 1]) > 0
    assert f"In all, {names.number_of(met, 'meeting')};" in one.chapters[-1].sentences[-1]


def test_what_a_teacher_learns_in_a_pair_is_told_as_the_columns_have_it() -> None:
    one = told("teacher")
    run = run_of("programmes/beacon", years=0)
    seen: dict[int, tuple[int, float]] = {}
    for half_term in range(3 * HALF_TERMS):
        run.step()
        table, post = run.state.partnerships, names.post_of(run.state, one.number)
        for slot in np.flatnonzero(table.alive == 1):
            if post >= 0 and one.number in table.learner_uid[slot].tolist():
                focus = int(table.focus[slot])
                seen[half_term] = (focus, float(run.state.knowledge.mastery[post, focus]))
    said = {chapter.half_term: line for chapter in one.chapters for line in chapter.sentences if "asters" in line}
    assert set(said) <= set(seen)
    assert min(said) == min(seen)
    for half_term, line in said.items():
        focus, mastery = seen[half_term]
        assert f"(no. {focus})" in line
        assert line.endswith(f"to {mastery:.2f} of 1.")


def test_at_the_end_a_teacher_and_a_partnership_are_as_the_columns_have_them() -> None:
    teacher, pair = told("teacher"), told("partnership")
    state = run_of("programmes/beacon").state
    post = names.post_of(state, teacher.number)
    if post >= 0:
        routine = names.number_of(int((state.knowledge.mastery[post] >= 0.5).sum()), "practice")
        assert teacher.chapters[-1].sentences[-1].startswith(f"At the end {routine} in routine use")
    slots = np.flatnonzero((state.partnerships.uid == pair.number) & (state.partnerships.alive == 1))
    assert ("At the end they are still at work" in str(pair)) == bool(len(slots))


def test_a_teachers_first_numbers_are_those_of_the_first_half_term() -> None:
    one = told("teacher")
    run = run_of("programmes/beacon", years=0)
    run.step()
    post = names.post_of(run.state, one.number)
    if post >= 0:
        routine = int((run.state.knowledge.mastery[post] >= 0.5).sum())
        assert f"{run.state.teachers.years[post]:.0f} years in post" in one.chapters[0].sentences[0]
        assert names.number_of(routine, "practice") in one.chapters[0].sentences[0]


def test_who_a_teacher_works_with_as_the_story_begins_is_named() -> None:
    run = run_of("programmes/beacon", years=0)
    run.step()
    table = run.state.partnerships
    pairs = [
        (int(giver), int(learner))
        for slot in np.flatnonzero(table.alive == 1)
        for giver, learner in zip(table.giver_uid[slot], table.learner_uid[slot], strict=True)
        if giver > 0 and learner > 0
    ]
    giver, learner = pairs[0]
    for one, other, does in ((giver, learner, "passes practice on to"), (learner, giver, "works with and learns from")):
        if sum(one in pair for pair in pairs) == 1:
            first = told("teacher", which=one).chapters[0].sentences[0]
            assert f"{does} {names.person(other)} of another school." in first


def test_half_terms_have_the_names_that_schools_give_them() -> None:
    assert names.when(0) == "Year 1, autumn"
    assert names.when(HALF_TERMS + 5) == "Year 2, summer, second half"


def test_no_two_schools_of_a_phase_share_a_name() -> None:
    state = run_of("programmes/beacon", years=0).state
    found = [names.school(state, row) for row in range(len(state.schools))]
    assert len(set(found)) == len(found)


def test_one_can_be_asked_for_by_its_number() -> None:
    first = told("partnership")
    again = told("partnership", which=first.number)
    assert again.chapters == first.chapters
    assert again.picked == "asked for by its number"


@pytest.mark.parametrize(
    ("kind", "config", "given", "says"),
    [
        ("pupil", "programmes/beacon", {}, 'no story is told of a "pupil"'),
        ("school", "programmes/beacon", {"which": 3}, "no school 3"),
        ("network", "programmes/beacon", {}, "no network in this run"),
        ("broker", "programmes/authority_brokerage", {"which": 99}, "no broker 99"),
        ("partnership", "programmes/beacon", {"which": 3}, "no partnership 3"),
    ],
)
def test_mistakes_are_told(kind: str, config: str, given: dict[str, int], says: str) -> None:
    with pytest.raises(UserError, match=says):
        told(kind, config, **given)


def test_a_story_is_of_one_run() -> None:
    with pytest.raises(UserError, match="a story is of one run"):
        story("partnership", "badging_funding")


@pytest.mark.slow
def test_a_partnership_of_one_trust_begins_and_ends_as_such() -> None:
    """It is told of those whose two schools were of one trust until the year's end, and of no others."""
    schools = made_table(5)
    often = {"academies.change": 0.4, "academies.join": 0.0}
    run = World(schools, often, 5, ties=in_trusts(schools, 3, 3)).begun()
    watch = PartnershipWatch()
    for half_term in range(HALF_TERMS):
        table, before = run.state.partnerships, run.state.schools.academy_trust.copy()
        alive = np.flatnonzero(table.alive)
        ends = {int(table.uid[slot]): (table.originator[slot], table.partner[slot]) for slot in alive}
        run.step()
        watch.look(run, half_term)
    now = run.state.schools.academy_trust
    of_one = {uid for uid, (one, other) in ends.items() if before[one] == before[other] > 0}
    parted = {uid for uid in of_one if now[ends[uid][0]] != now[ends[uid][1]]}
    assert 0 < len(parted) < len(of_one)
    for uid in of_one:
        text = " ".join(line for lines in watch.tell(uid).values() for line in lines)
        assert "begin to work together, as schools of one trust, by" in text
        assert ("The two schools are no longer of one trust, and their partnership ends." in text) == (uid in parted)
