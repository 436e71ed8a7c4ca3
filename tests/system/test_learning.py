"""Learning besides joint work: scholarships, learning to learn, evidence, a website: worked by hand (M20, M42)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import ADAPTATION, EXCHANGE, NONE, REPLICATION
from schoolsim.rules.modes import Held, Terms
from schoolsim.system.learning.besides import seen_besides
from schoolsim.system.learning.enquiry import add_evidence, award_scholarships, enquire, learn_to_learn
from schoolsim.system.learning.episodes import Contact, learn, note_gain, originate, reserve_gains, sustain
from schoolsim.system.learning.friends import friends_talk, informal_terms
from schoolsim.system.learning.meetings import learn_at_meeting, learn_on_visit, terms_of_meeting
from schoolsim.system.learning.website import look_up, reading_terms
from schoolsim.system.partnerships.pairs import readiness
from schoolsim.system.state import Clock, Gains, State
from schoolsim.system.state.ledger import (
    BOUGHT,
    COVER,
    DEVELOPING,
    GRANTED,
    INFORMAL,
    LEARNT_FRIENDS,
    LEARNT_MEETINGS,
    LEARNT_WEBSITE,
    READING,
    TALK,
    TRANSFERS,
)
from tests.system.by_hand import certain, friendship, luck, partnership, put, side_by_side, state_of, tie


def gains(state: State) -> list[tuple[int, int, float, float, float]]:
    """Post, practice, and what was gained of mastery, tuning and ownership."""
    noted = state.gains
    return [
        (int(noted.teacher[row]), int(noted.practice[row]), noted.mastery[row], noted.tuning[row], noted.ownership[row])
        for row in range(state.run.gains[0])
    ]


def test_scholarships_go_to_the_ready_by_a_draw() -> None:
    p = certain(enquiry__share=0.5, informal__enterprise=1.0, outreach__diffident=0.0)
    state = state_of(2, 6)
    put(state.teachers, enterprise=np.linspace(0.0, 1.0, 12), dependence=np.linspace(0.5, 0.0, 12), enquiring=1)
    award_scholarships(state, p, Clock((2, 6)))
    uids = state.teachers.uid
    expected = [
        luck(2, draws.ENQUIRY, 6, uids[post]) < 0.5 * readiness(state.teachers, post, 0.0, p) for post in range(12)
    ]
    assert state.teachers.enquiring.tolist() == expected
    assert 0 < sum(expected) < 12


def test_a_programmes_staff_give_hours_to_how_they_learn() -> None:
    """Three hours each where they have six, half of what they have where that is less; the third is in none."""
    state = state_of(3, [2, 3, 2])
    put(state.schools, role=(1, 2, 0), hours=(10.0, 4.0, 10.0))
    put(state.teachers, learning=0.6)
    learn_to_learn(state, certain(meta__training_hours=3.0, meta__training=0.01))
    assert state.schools.hours.tolist() == [7.0, 2.0, 10.0]
    assert state.teachers.gain_learning.tolist() == pytest.approx([0.012] * 2 + [0.008] * 3 + [0.0] * 2)
    assert state.ledger.hours[GRANTED] == state.ledger.hours[DEVELOPING] == 3.0 * 2 + 2.0 * 3


def test_the_last_school_and_the_last_partnership_count_too() -> None:
    state = state_of(2, 2, partnerships=1)
    put(state.schools, role=(0, 2))
    put(state.practices, evidence=0.5)
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, programme=1, hours=0.5)
    learn_to_learn(state, certain(meta__training_hours=3.0))
    assert state.schools.hours.tolist() == [10.0, 7.0]
    add_evidence(state, certain(university__evidence=0.2, university__involvement=0.5))
    assert state.practices.evidence.tolist() == pytest.approx([0.55, 0.5])


def test_enquiry_is_paid_teaches_learning_and_deepens_what_is_mastered() -> None:
    """Four hold a scholarship: the second has no focus, the third none of the practice it works on."""
    state = state_of(1, 5, 2)
    put(state.teachers, enquiring=(1, 1, 1, 1, 0), focus=(1, NONE, 0, 1, 1), learning=0.4)
    state.knowledge.mastery[:, 1] = 0.5
    state.knowledge.tuning[:, 1] = (0.2, 0.2, 0.2, 1.0, 0.2)
    state.knowledge.ownership[:, 1] = 0.6
    p = certain(enquiry__hours=8.0, meta__training=0.01, followup__sustain=0.05, funding__hour=25.0, time__in_class=0.5)
    enquire(state, p)
    noted = [one for gain in gains(state) for one in gain]
    assert noted == pytest.approx([0, 1, 0.0, 0.4 * 0.8, 0.4 * 0.4, 3, 1, 0.0, 0.0, 0.4 * 0.4])
    assert state.teachers.gain_learning.tolist() == pytest.approx([0.048, 0.0, 0.048, 0.048, 0.0])
    assert state.teachers.hours_out.tolist() == [4.0, 0.0, 4.0, 4.0, 0.0]
    assert state.ledger.hours[BOUGHT] == state.ledger.hours[DEVELOPING] == 24.0
    assert state.ledger.pounds[GRANTED] == state.ledger.pounds[COVER] == 600.0
    state.run.gains[0] = 0
    enquire(state, certain(enquiry__hours=8.0, followup__sustain=1.0))
    assert gains(state)[0][3] == pytest.approx(0.8)


def test_universities_add_evidence_on_what_the_programme_works_at() -> None:
    """Half involved, .2 of what is missing: for the programme's that worked, of three partnerships."""
    state = state_of(6, 2, 3)
    put(state.practices, evidence=0.5)
    for slot in range(3):
        tie(state, slot, (2 * slot, 2 * slot + 1))
        partnership(
            state, slot, (2 * slot, 2 * slot + 1), slot, focus=slot, programme=int(slot != 1), hours=float(slot != 2)
        )
    add_evidence(state, certain(university__evidence=0.2, university__involvement=0.5))
    assert state.practices.evidence.tolist() == pytest.approx([0.55, 0.5, 0.5])


def test_reading_is_not_being_shown() -> None:
    assert reading_terms() == (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0)


# --- episodes -------------------------------------------------------------------------------------

#: All that an episode rests on, so that it can be worked out on paper.
EPISODE = {
    "learning__zone": 0.2, "learning__zone_reach": 0.25, "learning__zone_weight": 1.0, "learning__latitude": 0.8,
    "learning__tacit_weight": 1.0, "learning__tacit_base": 0.4,
    "learning__explicit": 0.9, "learning__rate": 2.0, "learning__ownership_reach": 1.5, "learning__routine": 0.5,
}  # fmt: skip
TERMS = Terms(0.8, 0.7, 0.6, 0.6, 1.0, 0.0, 0.0, 1.0)


def meeting(source: float = 0.9) -> State:
    """A learner, the second post, and one who holds the second practice well, the third; all else is told apart."""
    state = state_of(2, 2)
    put(state.practices, tacit=(0.1, 0.5), kind=(0.1, 0.9), hours=(7.0, 12.0))
    put(state.teachers, confidence=(0.1, 0.4, 0.9, 0.8), values=(0.9, 0.5, 0.1, 0.2), learning=(0.1, 0.3, 0.9, 0.8))
    put(state.teachers, transfer=(0.9, 0.1, 0.6, 0.3))
    state.knowledge.mastery[1, 1], state.knowledge.mastery[2, 1] = 0.4, source
    state.knowledge.tuning[1, 1], state.knowledge.ownership[1, 1] = 0.2, 0.1
    return state


def episode(hours: float, engagement: float, familiarity: float, trust: float, source: float, terms: Terms) -> Held:
    """What the learner of `meeting` gains."""
    near = min(1.0, math.exp(1.0 - (source - 0.4) / (0.2 + 0.25 * 0.5 * (0.4 + trust))))
    near /= 1.0 + (0.4 / 0.8) ** 4
    ease = near * (0.9 * 0.5 + terms.face * 0.5 * (0.4 + 0.6 * familiarity) * (0.4 + 0.6 * 0.6))
    amount = 2.0 * hours / 12.0 * engagement * (0.5 + 0.3)
    reached = source * (1.0 - 0.5 * (1.0 - terms.face))
    return Held(
        max(0.0, reached - 0.4) * (1.0 - math.exp(-terms.pace * ease * amount)),
        0.8 * (1.0 - math.exp(-terms.tuning * amount)),
        max(0.0, min(1.0, 1.5 * terms.ownership * engagement) - 0.1) * (1.0 - math.exp(-terms.pace * ease * amount)),
    )


@pytest.mark.parametrize(
    ("hours", "transfers", "load"),
    [(1.0, 0, 1), (60.0, 1, 0)],
)
def test_an_episode_is_of_gap_channel_hours_and_fit(hours: float, transfers: int, load: int) -> None:
    state = meeting()
    contact = Contact(hours, 0.6, 0.5, 0.2, LEARNT_FRIENDS)
    expected = episode(hours, 0.6, 0.5, 0.2, 0.9, TERMS)
    gain = learn(state, certain(**EPISODE), (1, 2), 1, contact, TERMS)
    assert gain == pytest.approx(expected.mastery, rel=1e-6)
    assert gains(state)[0] == pytest.approx((1, 1, *expected), rel=1e-5)
    assert state.ledger.counts[LEARNT_FRIENDS] == pytest.approx(expected.mastery, rel=1e-6)
    assert state.ledger.counts[TRANSFERS] == transfers
    assert state.teachers.load.tolist() == [0, load, 0, 0]
    assert (0.4 + gain >= 0.5) == bool(transfers)


def test_nothing_is_learnt_of_one_who_knows_less() -> None:
    state = meeting(0.3)
    assert learn(state, certain(**EPISODE), (1, 2), 1, Contact(9.0, 0.6, 0.5, 0.2, LEARNT_FRIENDS), TERMS) == 0.0
    assert state.teachers.load.tolist() == [0] * 4
    assert state.ledger.counts[TRANSFERS] == 0


def test_gains_are_of_the_person_and_of_the_practice() -> None:
    state = state_of(2, 2)
    state.knowledge.mastery[2:, 0] = (0.9, 0.1)
    learn(state, certain(**EPISODE), (3, 2), 0, Contact(9.0, 0.6, 0.5, 0.2, LEARNT_FRIENDS), TERMS)
    originate(state, certain(), (2, 0), EXCHANGE, 6.0, 0.5)
    assert [gain[:2] for gain in gains(state)] == [(3, 0), (2, 0)]


def test_routine_is_reached_once_and_just_enough_is_enough() -> None:
    """.4 of which nothing is gained; at a routine of .4 it was reached before."""
    state = meeting()
    state.knowledge.mastery[1, 1] = 0.5
    learn(state, certain(**EPISODE), (1, 2), 1, Contact(90.0, 0.6, 0.5, 0.2, LEARNT_FRIENDS), TERMS)
    assert state.ledger.counts[TRANSFERS] == 0
    assert state.teachers.load.tolist() == [0] * 4


@pytest.mark.parametrize(("mode", "depth"), [(REPLICATION, 1.0), (ADAPTATION, 1.25), (EXCHANGE, 1.5)])
def test_originating_deepens_teaches_passing_on_and_lifts(mode: int, depth: float) -> None:
    """1 - exp(-.4 x 6 / 12 x depth x .5) of what is missing of .8, .6 and .3; six hours at .5 of skill and heart."""
    state = state_of(1, 2)
    put(state.teachers, transfer=(0.9, 0.4), confidence=(0.9, 0.3))
    state.knowledge.mastery[1, 1], state.knowledge.tuning[1, 1], state.knowledge.ownership[1, 1] = 0.8, 0.6, 0.3
    values = {
        "originator__gain": 0.4, "adaptation__say": 0.25, "exchange__say": 0.5, "originator__transfer": 0.02,
        "originator__confidence": 0.03,
    }  # fmt: skip
    p = certain(**values)
    originate(state, p, (1, 1), mode, 6.0, 0.5)
    share = 1.0 - math.exp(-0.1 * depth)
    assert gains(state)[0] == pytest.approx((1, 1, 0.2 * share, 0.4 * share, 0.7 * share), rel=1e-5)
    assert state.teachers.gain_transfer.tolist() == pytest.approx([0.0, 0.02 * 3.0 * 0.6])
    assert state.teachers.gain_confidence.tolist() == pytest.approx([0.0, 0.03 * 3.0 * 0.7])
    # Who does not do it at all articulates nothing.
    state.run.gains[0] = 0
    state.knowledge.mastery[1, 1] = 0.0
    originate(state, p, (1, 1), mode, 6.0, 0.5)
    assert gains(state) == []


def test_contact_after_the_task_makes_what_was_learnt_ones_own() -> None:
    """.7 x (1 - exp(-.1 x 5 x .4)); nothing of what was not learnt."""
    state = state_of(1, 3)
    state.knowledge.mastery[2, 1], state.knowledge.ownership[:, :] = 0.2, 0.3
    p = certain(followup__sustain=0.1)
    sustain(state, p, 2, 1, 5.0, 0.4)
    sustain(state, p, 0, 1, 5.0, 0.4)
    assert len(gains(state)) == 1
    assert gains(state)[0] == pytest.approx((2, 1, 0.0, 0.0, 0.7 * (1.0 - math.exp(-0.2))), rel=1e-5)


def test_gains_are_noted_while_there_is_room_and_there_is_more_on_request() -> None:
    state = state_of(1, 2)
    state.gains = Gains(2)
    for place in range(3):
        note_gain(state, place % 2, 1, Held(0.1 + place, 0.2 + place, 0.3 + place))
    noted = gains(state)
    assert [value for gain in noted for value in gain] == pytest.approx([0, 1, 0.1, 0.2, 0.3, 1, 1, 1.1, 1.2, 1.3])
    reserve_gains(state, 0)
    assert len(state.gains) == 2
    reserve_gains(state, 1)
    assert len(state.gains) == 6
    assert gains(state) == noted
    state.run.gains[0] = 0
    reserve_gains(state, 6)
    assert len(state.gains) == 6
    reserve_gains(state, 7)
    assert len(state.gains) == 14


# --- friends --------------------------------------------------------------------------------------

TALKING = EPISODE | {
    "trust__stranger_worth": 0.3, "informal__enterprise": 0.8, "informal__hours": 2.0, "channel__meeting_face": 0.7,
    "trust__familiarity_hours": -2.0 / math.log(0.6), "adaptation__familiarity": 1.0, "adaptation__pace": 0.8,
    "adaptation__say": 0.6,
}  # fmt: skip


def test_friends_talk_of_what_one_of_them_is_working_on() -> None:
    """Chance 1.2 x .4 x (.3 + .5) x (1 + .8 x (1 - .5)) x (1 - .1); the listener's trust is their own."""
    chance = 1.2 * 0.4 * 0.8 * 1.4 * 0.9
    met = []
    for seed in range(1, 41):
        state = meeting()
        put(state.teachers, focus=(NONE, 1, NONE, NONE), enterprise=1.0, dependence=0.1)
        friendship(state, 3, (2, 1), trust_ab=0.9, trust_ba=0.4, familiarity=0.5)
        friends_talk(state, certain(**TALKING, informal__rate=1.2), Clock((seed, 4)))
        talks = luck(seed, draws.INFORMAL, 4, state.teachers.uid[1]) < chance
        met.append(talks)
        assert state.ledger.counts[INFORMAL] == talks
        assert state.ledger.hours[TALK] == state.ledger.hours[GRANTED] == 4.0 * talks
        assert state.friends.familiarity[3] == pytest.approx(0.5 + 0.4 * 0.5 * talks)
        expected = episode(2.0, 0.5, 0.5, 0.4, 0.9, Terms(0.8, 0.7, 0.6, 0.6, 1.0, 0.0, 0.0, 1.0))
        assert len(gains(state)) == talks
        if talks:
            assert gains(state)[0] == pytest.approx((1, 1, *expected), rel=1e-5)
            assert state.ledger.counts[LEARNT_FRIENDS] == pytest.approx(expected.mastery, rel=1e-5)
    assert 0 < sum(met) < len(met)


def test_two_who_seek_each_other_out_find_the_tie_as_it_was() -> None:
    """Each gains by familiarity .5; together they leave .6 x .6 of what was missing."""
    state = meeting()
    put(state.teachers, focus=(NONE, 1, 1, NONE))
    friendship(state, 0, (1, 2), familiarity=0.5)
    friends_talk(state, certain(**TALKING, informal__rate=99.0), Clock((1, 4)))
    assert state.ledger.counts[INFORMAL] == 2
    assert state.friends.familiarity[0] == pytest.approx(1.0 - 0.36 * 0.5)
    assert gains(state)[0][2] == pytest.approx(episode(2.0, 0.5, 0.5, 0.5, 0.9, TERMS).mastery, rel=1e-5)


def test_the_best_friend_is_the_one_worth_most_and_of_two_as_good_the_lower_number() -> None:
    """Worth is mean trust x (.3 + familiarity). Post 0 knows three elsewhere."""
    for ends, levels, best in (
        ((2, 3, 4), ((0.5, 0.5, 0.4), (0.9, 0.3, 0.4), (0.1, 0.1, 0.9)), 0),
        ((3, 2, 4), ((0.5, 0.5, 0.4), (0.9, 0.1, 0.4), (0.1, 0.1, 0.9)), 1),
        ((2, 3, 4), ((0.5, 0.5, 0.4), (0.9, 0.5, 0.4), (0.1, 0.1, 0.9)), 1),
        ((2, 3, 4), ((0.5, 0.5, 0.4), (0.9, 0.5, 0.1), (0.5, 0.5, 0.9)), 2),
    ):
        state = state_of(3, [2, 2, 2])
        for slot, (other, (ab, ba, known)) in enumerate(zip(ends, levels, strict=True)):
            post, friend = (0, other) if slot != 1 else (other, 0)
            friendship(state, slot, (post, friend), trust_ab=ab, trust_ba=ba, familiarity=known)
        if best == 0:
            state.teachers.uid[3] = 999_999
            state.friends.trust_ab[1] = 0.7
        friendship(state, 5, (0, 5), trust_ab=1.0, trust_ba=1.0, familiarity=1.0, alive=0)
        put(state.teachers, best_tie=7)
        friends_talk(state, certain(**TALKING, informal__rate=0.0), Clock((1, 4)))
        assert state.teachers.best_tie[0] == best, (ends, levels)
        assert state.teachers.best_tie[[1, 5]].tolist() == [NONE, NONE]


def test_the_first_practice_on_the_first_friendship_is_talked_of_too() -> None:
    state = state_of(2)
    put(state.teachers, focus=(0, NONE, NONE, NONE))
    friendship(state, 0, (0, 2))
    friends_talk(state, certain(**TALKING, informal__rate=99.0), Clock((1, 4)))
    assert state.ledger.counts[INFORMAL] == 1


def test_talk_that_nobody_plans_is_on_terms_of_its_own() -> None:
    """No plan in which to have no say, no time to arrange, no depth of a mode, all of it shared."""
    p = certain(**TALKING)
    assert informal_terms(p) == pytest.approx((0.8, 0.7, 0.6, 0.6, 1.0, 0.0, 0.0, 1.0))
    assert terms_of_meeting(0.25, p) == pytest.approx((0.8, 0.25, 0.6, 0.6, 1.0, 0.0, 0.0, 1.0))


# --- meetings and visits --------------------------------------------------------------------------


def who_goes(seed: int, school: int, attempt: int, staff: int) -> int:
    """Of so many staff, which place."""
    return int(staff * luck(seed, draws.WHO_GOES, 4, 100_001 + school, attempt))


@pytest.mark.parametrize("levels", ["all", "heads"])
def test_everybody_at_a_meeting_learns_from_the_best_placed_other(levels: str) -> None:
    """Who goes is drawn; they learn what they work on, or where heads alone meet what the school needs."""
    p = certain(**TALKING, trust__stranger=0.25, network__levels=levels)
    code_of = p.network_levels
    found = 0
    for seed in range(1, 7):
        state = state_of(4, 2)
        put(state.teachers, focus=(1, 1, 1, NONE, 1, 0, 1, 1))
        put(state.schools, need=(1, NONE, 0, 1))
        chance = np.random.default_rng(seed)
        state.knowledge.mastery[:] = chance.random((8, 2))
        tie(state, 0, (1, 2), trust_ab=0.2, trust_ba=0.6, familiarity=0.8)
        here, hours = np.array([2, 0, 1]), np.array([3.0, 2.0, 1.0])
        if seed == 6:
            hours[1] = 0.0
        goes = [2 * school + who_goes(seed, school, 0, 2) for school in here]
        other = state_of(4, 2)
        other.knowledge.mastery[:] = state.knowledge.mastery
        for place, post in enumerate(goes):
            school = int(here[place])
            practice = (1, NONE, 0, 1)[school] if levels == "heads" else int(state.teachers.focus[post])
            if practice < 0 or hours[place] == 0.0:
                continue
            rest = [one for at, one in enumerate(goes) if at != place and hours[at] > 0.0]
            best = max(rest, key=lambda one: state.knowledge.mastery[one, practice])  # noqa: B023
            if state.knowledge.mastery[best, practice] > state.knowledge.mastery[post, practice]:
                known = {school, best // 2} == {1, 2}
                trust = 0.25 if not known else 0.2 if school == 1 else 0.6
                contact = Contact(hours[place], 0.5, 0.8 if known else 0.0, trust, LEARNT_MEETINGS)
                learn(other, p, (post, best), practice, contact, TERMS)
                found += 1
        learn_at_meeting(state, p, Clock((seed, 4)), here, hours, code_of)
        assert gains(state) == gains(other)
        assert state.ledger.counts[LEARNT_MEETINGS] == pytest.approx(other.ledger.counts[LEARNT_MEETINGS])
    assert found > 4


def test_a_guest_sees_what_the_host_does_best_of_what_is_needed_and_opens() -> None:
    """The second of the host's three holds the need best; unlike 1 - exp(-.5 x .8): openness .2 + .3 x u x .8."""
    p = certain(**TALKING, channel__visit_face=0.7, trust__stranger=0.25, openness__gain=0.3)
    for seed in (1, 2, 3):
        for hours, need, best in ((2.0, 1, 0.9), (0.0, 1, 0.9), (2.0, NONE, 0.9), (2.0, 1, 0.3)):
            state = state_of(2, [3, 2])
            state.schools.context[1, 0] = 0.8
            put(state.schools, need=(NONE, need))
            put(state.teachers, openness=0.2)
            state.knowledge.mastery[:, 1] = (0.2, best, 0.1, 0.4, 0.4)
            twin = state_of(2, [3, 2])
            twin.knowledge.mastery[:] = state.knowledge.mastery
            learn_on_visit(state, p, Clock((seed, 4)), 0, 1, hours)
            comes = hours > 0.0 and need >= 0
            guest = 3 + who_goes(seed, 1, 1, 2)
            opened = np.full(5, 0.2)
            opened[guest] += 0.3 * (1.0 - math.exp(-0.4)) * 0.8 * comes
            assert state.teachers.openness.tolist() == pytest.approx(opened.tolist())
            if comes and best > 0.4:
                learn(twin, p, (guest, 1), 1, Contact(2.0, 0.5, 0.0, 0.25, LEARNT_MEETINGS), TERMS)
                assert state.ledger.counts[LEARNT_MEETINGS] > 0.0
            assert gains(state) == gains(twin)


@pytest.mark.parametrize(("dead", "focus"), [(NONE, 0), (2, 0), (NONE, 1)])
def test_what_catches_the_eye_is_what_the_other_leads_in_and_looks_good(dead: int, focus: int) -> None:
    """Lead x appeal x luck: .4 x .9, .2 x .9, .6 x .5 and .1 x 1; nothing in which one is as good; never the focus."""
    seen = set()
    for seed in range(1, 12):
        state = state_of(2, 2, 6)
        state.knowledge.mastery[0] = (0.9, 0.6, 0.9, 0.9, 0.6, 0.3)
        state.knowledge.mastery[2] = (0.5, 0.4, 0.3, 0.8, 0.6, 0.9)
        put(state.practices, appeal=(0.9, 0.9, 0.5, 1.0, 1.0, 1.0))
        if dead >= 0:
            state.practices.alive[dead] = 0
        uid = state.teachers.uid[2]
        lead = (0.4, 0.2, 0.6, 0.1)
        caught = {
            one: lead[one] * state.practices.appeal[one] * luck(seed, draws.BESIDES, 4, uid, one)
            for one in range(4) if one not in (dead, focus)
        }  # fmt: skip
        found = seen_besides(state, Clock((seed, 9)), (2, 0), focus, 4)
        assert found == max(caught, key=lambda one: caught[one])
        seen.add(found)
        assert seen_besides(state, Clock((seed, 4)), (0, 0), focus, 4) == NONE
    assert len(seen) > 1


def test_a_guest_may_bring_something_else_home() -> None:
    """By a draw of the guest, in place of the need; never where nothing else is done better."""
    seen = set()
    for seed in range(1, 9):
        for other in (0.6, 0.0):
            p = certain(
                **TALKING, channel__visit_face=0.7, trust__stranger=0.25, openness__gain=0.3, learning__besides=0.5
            )
            state, twin = state_of(2, 1), state_of(2, 1)
            put(state.schools, need=(NONE, 1))
            for one in (state, twin):
                one.knowledge.mastery[:] = ((other, 0.9), (0.1, 0.2))
            learn_on_visit(state, p, Clock((seed, 4)), 0, 1, 2.0)
            something_else = luck(seed, draws.BROUGHT_HOME, 4, state.teachers.uid[1]) < 0.5 and other > 0.1
            learn(twin, p, (1, 0), 1 - something_else, Contact(2.0, 0.5, 0.0, 0.25, LEARNT_MEETINGS), TERMS)
            assert gains(state) == gains(twin)
            seen.add(something_else)
    assert len(seen) == 2


# --- website --------------------------------------------------------------------------------------


@pytest.mark.parametrize("diffident", [0.0, 1.0])
def test_the_enterprising_look_up_what_somebody_anywhere_put_there(diffident: float) -> None:
    """One entry, tried if it looks good, learnt from if better than oneself; the third school's area has no website."""
    p = side_by_side(
        *(
            certain(**TALKING, website__rate=rate, website__hours=4.0, outreach__diffident=diffident)
            for rate in (1.2, 0.0)
        )
    )
    found = learnt = 0
    for seed in range(1, 9):
        state, twin = (state_of(3, [2, 3, 1], 2, authorities=(1, 0, 0)) for _ in range(2))
        for one in (state, twin):
            put(one.schools, area=(0, 0, 1))
            put(one.practices, appeal=(0.9, 0.6))
            put(
                one.teachers, enterprise=(0.0, 0.9, 0.5, 0.1, 0.7, 0.3), focus=(1, 1, 0, 0, NONE, 1),
                dependence=(0.0, 0.2, 0.4, 0.0, 0.0, 0.0),
            )  # fmt: skip
            one.knowledge.mastery[:, 1] = (0.1, 0.5, 0.9, 0.2, 0.3, 0.6)
            one.knowledge.mastery[:, 0] = (0.3, 0.1, 0.2, 0.1, 0.9, 0.2)
        looks = 0
        for post in range(6):
            uid, focus = state.teachers.uid[post], int(state.teachers.focus[post])
            # Outreach makes up for what is missing; the most ready look with chance 1.2.
            keen = 1.0 if diffident else state.teachers.enterprise[post]
            chance = 1.2 * (1.0 + 0.8 * (keen - 0.5)) * (1.0 - state.teachers.dependence[post]) / 1.5
            if post == 5 or focus < 0 or luck(seed, draws.WEBSITE, 7, uid) >= chance:
                continue
            looks += 1
            school = (1, 2, 0)[int(3 * luck(seed, draws.WEBSITE, 7, uid, 1))]
            first, staff = ((0, 2), (2, 3), (5, 1))[school]
            seen = first + int(staff * luck(seed, draws.WEBSITE, 7, uid, 2))
            tried = luck(seed, draws.WEBSITE, 7, uid, 3) < (0.9, 0.6)[focus]
            if tried and state.knowledge.mastery[seen, focus] > state.knowledge.mastery[post, focus]:
                learn(twin, p, (post, seen), focus, Contact(4.0, 0.5, 0.0, 0.0, LEARNT_WEBSITE), reading_terms())
        look_up(state, p, Clock((seed, 7)))
        assert gains(state) == gains(twin)
        assert state.ledger.counts[LEARNT_WEBSITE] == pytest.approx(twin.ledger.counts[LEARNT_WEBSITE])
        assert state.ledger.hours[READING] == state.ledger.hours[GRANTED] == 4.0 * looks
        found += looks
        learnt += len(gains(state))
    assert found > learnt > 0
