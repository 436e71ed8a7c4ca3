"""Quarrels, and ties left alone: small systems worked by hand (M12, M14, M15)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import NONE
from schoolsim.system.partnerships.pairs import GIVERS, LEARNERS
from schoolsim.system.partnerships.terms import terms_of
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import FALLEN_OUT, GRANTED, MADE_UP, TALK
from schoolsim.system.trust.change import after_joint_work, drop_ties, note_closest_partners, settle_idle_ties
from schoolsim.system.trust.hostility import BY_BROKER, BY_GESTURE, BY_TIME, bear_grudges, may_fall_out, may_make_up
from schoolsim.system.trust.people import (
    acquaint,
    keep_up_with_people,
    other_person,
    relink_people,
    schools_follow_their_people,
    set_trust_of_person,
    tie_of_pair,
    tie_of_people,
    ties_with_people,
    trust_of_person,
)
from schoolsim.system.trust.ties import make_tie
from tests.system.by_hand import (
    certain,
    friendship,
    luck,
    partnership,
    put,
    put_row,
    side_by_side,
    state_of,
    tie,
)


def quarrels() -> State:
    """Four schools: 0 and 1, 1 and 2, 2 and 3 have fallen out; 0 and 2 have not."""
    state = state_of(4)
    for slot, ends in enumerate([(0, 1), (1, 2), (2, 3)]):
        tie(state, slot, ends, hostile=1, trust_ab=0.02, trust_ba=0.02)
    tie(state, 3, (0, 2))
    return state


@pytest.mark.parametrize(("newly_headed", "made_up"), [(0, [0]), (1, [0, 1]), (2, [1, 2]), (3, [2])])
def test_a_new_head_at_either_school_ends_a_quarrel(newly_headed: int, made_up: list[int]) -> None:
    """A head who came in half-term 5, the last of a year, is met in half-term 6."""
    p = certain(hostility__repair=0.0, hostility__mended=1.0)
    state = quarrels()
    state.schools.head_since[newly_headed] = 5
    bear_grudges(state, p, Clock((1, 6)))
    assert [slot for slot in range(3) if not state.ties.hostile[slot]] == made_up
    assert state.ledger.counts[MADE_UP] == len(made_up)


@pytest.mark.parametrize(("since", "half_term"), [(5, 5), (5, 7), (6, 6), (-1, 0)])
def test_only_the_half_term_after_the_heads_coming_does(since: int, half_term: int) -> None:
    """Nor does the first head of a run: half-term 0 has no year before it."""
    p = certain(hostility__repair=0.0, hostility__mended=1.0)
    state = quarrels()
    state.schools.head_since[:] = since
    bear_grudges(state, p, Clock((1, half_term)))
    assert state.ties.hostile[:4].tolist() == [1, 1, 1, 0]
    assert state.ledger.counts[MADE_UP] == 0


def test_a_head_who_came_in_the_first_half_term_is_met_in_the_second() -> None:
    p = certain(hostility__repair=0.0, hostility__mended=1.0)
    state = quarrels()
    state.schools.head_since[3] = 0
    bear_grudges(state, p, Clock((1, 1)))
    assert state.ties.hostile[:3].tolist() == [1, 1, 0]


def test_without_a_new_head_time_alone_ends_it() -> None:
    """Each quarrel by a draw of its own, the two schools' together; where there is none, nothing ends."""
    p = certain(hostility__repair=0.5, hostility__mended=0.0)
    for seed in range(1, 7):
        state = quarrels()
        bear_grudges(state, p, Clock((seed, 3)))
        uid = state.schools.uid
        expected = [luck(seed, draws.REPAIR, 3, draws.pair(uid[a], uid[a + 1])) >= 0.5 for a in range(3)]
        assert state.ties.hostile[:3].tolist() == expected
        assert state.ledger.counts[MADE_UP] == 3 - sum(expected)


def test_the_last_tie_of_a_full_table_is_no_exception() -> None:
    state = state_of(2, ties=1)
    tie(state, 0, (0, 1), hostile=1)
    bear_grudges(state, certain(hostility__repair=1.0), Clock((1, 3)))
    assert state.ties.hostile[0] == 0


def test_a_tie_that_is_gone_bears_no_grudge() -> None:
    state = quarrels()
    state.ties.alive[1] = 0
    bear_grudges(state, certain(hostility__repair=1.0), Clock((1, 3)))
    assert state.ties.hostile[:4].tolist() == [0, 1, 0, 0]


def test_an_idle_tie_settles_and_a_hostile_one_stays_as_it_is() -> None:
    """No heads meet. Trust moves by .1 x (1 - .5 x .4) of the way to rest, .3 and .4; familiarity keeps .9."""
    p = certain(trust__meeting=0.0, trust__settle=0.1, trust__familiarity_kept=0.9, memory__kept=0.5, trust__change=1.0)
    state = state_of(3)
    tie(state, 0, (0, 1), trust_ab=0.5, trust_ba=0.2, resting_ba=0.4, balance=8.0)
    tie(state, 1, (1, 2), hostile=1, trust_ab=0.02, balance=8.0)
    tie(state, 2, (0, 2), hours=0.5, balance=8.0)
    settle_idle_ties(state, p, Clock((1, 0)))
    ties = state.ties
    assert ties.trust_ab[0] == pytest.approx(0.5 + 0.1 * 0.8 * (0.3 - 0.5))
    assert ties.trust_ba[0] == pytest.approx(0.2 + 0.1 * 0.8 * (0.4 - 0.2))
    assert ties.familiarity[:3].tolist() == pytest.approx([0.36, 0.4, 0.4])
    assert (ties.trust_ab[1], ties.trust_ab[2]) == (0.02, 0.5)
    assert ties.hours[2] == 0.0
    assert ties.balance[:3].tolist() == [4.0, 4.0, 4.0]


def test_heads_who_meet_grow_closer_but_less_where_they_compete() -> None:
    """Chance min(1, 1 x 2 x .5 x 1) = 1: trust gains .1 x (1 - .5) of what is missing, familiarity .2."""
    p = certain(
        trust__meeting=1.0, trust__settle=0.0, trust__meeting_gain=0.1, trust__meeting_familiarity=0.2,
        trust__familiarity_kept=1.0,
    )  # fmt: skip
    state = state_of(2)
    tie(state, 0, (0, 1), rivalry=0.5)
    settle_idle_ties(state, p, Clock((1, 3)))
    assert state.ties.trust_ab[0] == pytest.approx(0.5 + 0.05 * 0.5)
    assert state.ties.familiarity[0] == pytest.approx(0.4 + 0.2 * 0.6)


def test_faint_ties_are_dropped_but_for_quarrels_and_joint_work() -> None:
    state = state_of(5)
    for slot, other in enumerate((1, 2, 3, 4)):
        tie(state, slot, (0, other), familiarity=0.5 if slot == 3 else 0.05, hostile=int(slot == 1))
    partnership(state, 0, (0, 3), 2)
    drop_ties(state, certain(ties__dropped=0.1))
    assert state.ties.alive[:4].tolist() == [0, 1, 1, 1]


def test_nobody_keeps_up_with_everyone() -> None:
    """Two and one ties, in a table that is full: chance .8 x 2 x .5 x 1 / 1.5."""
    p = certain(trust__meeting=0.8, trust__degree=1.0, trust__meeting_familiarity=0.5, trust__familiarity_kept=1.0)
    met = 0
    for seed in range(1, 13):
        state = state_of(3, ties=2)
        tie(state, 0, (0, 1))
        tie(state, 1, (0, 2))
        settle_idle_ties(state, p, Clock((seed, 3)))
        for slot, other in enumerate((1, 2)):
            both = draws.pair(state.schools.uid[0], state.schools.uid[other])
            meets = luck(seed, draws.MEET, 3, both) < 0.8 / 1.5
            assert (state.ties.familiarity[slot] > 0.4) == meets
            met += meets
    assert 0 < met < 24


# --- after joint work -----------------------------------------------------------------------------

#: Of each other's work alone: no poaching, no quarrels, schools' ties stay as they are.
CALM = {
    "trust__poaching": 0.0, "hostility__breach": 0.0, "trust__spreads": 0.0, "trust__change": 1.0,
    "trust__full_hours": 12.0, "trust__success_gain": 20.0, "trust__success_level": 0.02, "trust__success": 0.1,
    "trust__purse": 0.06, "trust__contact": 0.03, "trust__failure": 0.04,
    "trust__rivalry": 0.04, "trust__one_way": 0.09,
    "trust__balance_scale": 20.0,
}  # fmt: skip


def worked(
    seed: int = 1,
    trust: tuple[float, float] = (0.5, 0.5),
    people: tuple[float, float] = (0.6, 0.3),
    *,
    originator: int = 0,
    at_work: dict[str, Any] | None = None,
    **values: Any,
) -> State:
    """A partnership of old rivals after a half-term's work: the pair had six hours, and knew each other."""
    state = state_of(2)
    tie(
        state, 0, (0, 1), rivalry=0.6, familiarity=0.7, trust_ab=trust[0], trust_ba=trust[1],
        balance=10.0 if originator == 0 else -10.0,
    )  # fmt: skip
    partnership(state, 0, (originator, 1 - originator), 0, hours=6.0, pairs=2, **(at_work or {}))
    giver, learner = state.partnerships.giver[0, 0], state.partnerships.learner[0, 0]
    friendship(state, 0, (giver, learner), hours=6.0, gain=0.05, engagement=0.8, trust_ab=people[0], trust_ba=people[1])
    after_joint_work(state, certain(**CALM | values), Clock((seed, 4)))
    return state


def success_of(state: State, seed: int, side: int = LEARNERS) -> float:
    """20 x (.05 - .02) + 2 x (.8 - .5) + the side's own luck, as a chance."""
    giver, learner = state.partnerships.giver[0, 0], state.partnerships.learner[0, 0]
    both = draws.pair(state.teachers.uid[giver], state.teachers.uid[learner])
    return 1.0 / (1.0 + math.exp(-(0.6 + 0.6 + draws.normal(seed, draws.SUCCESS, 4, both, side))))


@pytest.mark.parametrize("originator", [0, 1])
@pytest.mark.parametrize(
    ("purse", "pounds", "common", "shared", "hidden"),
    [
        ("originator", 0.5, 0.0, 0, 1),
        ("partnership", 0.5, 0.0, 1, 0),
        ("central", 9.0, 0.0, 0, 0),
        ("partnership", 0.0, 0.0, 0, 0),
        ("originator", 0.5, 0.5, 0, 0),
        ("originator", 0.8, 0.2, 0, 0.75),
        ("partnership", 0.8, 0.2, 0.75, 0),
    ],
)
def test_the_two_who_worked_trust_by_success_money_and_what_was_given(
    originator: int, purse: str, pounds: float, common: float, shared: float, hidden: float
) -> None:
    """What a trust pays is no gesture and no grievance.

    Half a half-term's work; ten of twenty hours are unreturned, so the giver bears half the wear of one-way help.
    """
    for seed in (1, 2, 3):
        state = worked(
            seed, originator=originator, at_work={"imposed": 1, "pounds": pounds, "common": common},
            funding__purse=purse, engagement__won_over=9.0,
        )  # fmt: skip
        good = success_of(state, seed)
        against = 0.04 + 0.04 * 0.6 + 0.06 * hidden
        gain, loss = 0.1 * good + 0.06 * shared + 0.03, 0.04 * (1 - good) + against
        assert state.friends.trust_ba[0] == pytest.approx(0.3 + 0.5 * (gain * 0.7 - loss * 0.3))
        good = success_of(state, seed, GIVERS)
        gain, loss = 0.1 * good + 0.03, 0.04 * (1 - good) + 0.09 * 0.5 + 0.04 * 0.6
        assert state.friends.trust_ab[0] == pytest.approx(0.6 + 0.5 * (gain * 0.4 - loss * 0.6))
        assert state.partnerships.imposed[0] == 1


def test_who_works_with_the_unlike_opens_and_gets_to_know_them_slower() -> None:
    """Contexts .8 apart: unlike u = 1 - exp(-.4). Openness .2 and .6, mean .4; ease 1 - .5 x u x .6."""
    state = state_of(2)
    state.schools.context[1, 0] = 0.8
    put(state.teachers, openness=(0.2, 0.9, 0.6, 0.9), confidence=(0.5, 0.5, 0.4, 0.5))
    put(state.schools, gave=(0.0, 3.0), received=(0.0, 1.0))
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, hours=6.0)
    friendship(state, 0, (0, 2), hours=6.0, gain=0.05, engagement=0.8)
    p = certain(
        **CALM, openness__ease=0.5, openness__gain=0.3, trust__familiarity_hours=30.0, confidence__success=0.9,
        confidence__receiver=0.05, confidence__failure=0.06, roles__history=0.5,
    )  # fmt: skip
    good, unlike = success_of(state, 1), 1.0 - math.exp(-0.4)
    depth = terms_of(state, p, Clock((1, 4)), 0).familiarity
    after_joint_work(state, p, Clock((1, 4)))
    known = 0.4 + 0.6 * (1.0 - math.exp(-6.0 * (1.0 - 0.5 * unlike * 0.6) * depth / 30.0))
    assert depth > 0.0
    assert state.friends.familiarity[0] == pytest.approx(known)
    opens, givers = 0.3 * unlike * 0.5 * good, 0.3 * unlike * 0.5 * success_of(state, 1, GIVERS)
    assert state.teachers.openness.tolist() == pytest.approx([0.2 + givers * 0.8, 0.9, 0.6 + opens * 0.4, 0.9])
    # Nothing was asked in return; a quarter of what the school remembers was received: a role of 1 - .5 x .5.
    felt = 0.9 * 0.05 * 0.6 - 0.05 * 0.75 * 0.4 * 0.5 - 0.06 * (1.0 - good) * 0.4 * 0.5
    assert state.teachers.gain_confidence.tolist() == pytest.approx([0.0, 0.0, felt, 0.0])


def test_who_also_gives_feels_no_role() -> None:
    for back in (0, 1):
        state = worked(
            at_work={"back": back}, confidence__success=0.0, confidence__failure=0.0, confidence__receiver=0.5
        )
        assert state.teachers.gain_confidence.tolist() == [0.0] * 4
    state = worked(confidence__success=0.0, confidence__failure=0.0, confidence__receiver=0.5, roles__history=0.0)
    assert state.teachers.gain_confidence.tolist() == pytest.approx([0.0, 0.0, -0.5 * 0.5 * 0.5, 0.0])


@pytest.mark.parametrize("why", ["not met", "left", "no work"])
def test_only_those_who_worked_are_moved(why: str) -> None:
    state = state_of(2)
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, hours=0.0 if why == "no work" else 6.0)
    friendship(state, 0, (0, 2), hours=0.0 if why == "not met" else 6.0, gain=0.1, engagement=0.8)
    if why == "left":
        state.teachers.uid[2] = 77
    after_joint_work(state, certain(**CALM | {"trust__spreads": 1.0}), Clock((1, 4)))
    assert (state.friends.trust_ab[0], state.friends.trust_ba[0], state.friends.familiarity[0]) == (0.5, 0.5, 0.4)
    assert not state.teachers.gain_confidence.any()
    assert (state.ties.hours[0], state.ties.balance[0]) == ((0.0, 0.0) if why == "no work" else (6.0, 6.0))
    if why != "left":
        assert state.ties.trust_ab[0] == 0.5


def test_who_has_learnt_enough_was_not_made_to() -> None:
    for learnt, imposed in ((0.1, 1), (0.2, 0), (0.3, 0)):
        state = worked(at_work={"imposed": 1, "learnt": learnt}, engagement__won_over=0.2)
        assert state.partnerships.imposed[0] == imposed


def test_the_schools_tie_follows_its_people() -> None:
    """Two pairs worked, a third did not, of a fourth the giver has left: a quarter of the way to their means."""
    for originator in (0, 1):
        state = state_of(2, 5)
        givers, learners = ((0, 1, 2, 3), (5, 6, 7, 8)) if originator == 0 else ((5, 6, 7, 8), (0, 1, 2, 3))
        tie(state, 0, (0, 1), trust_ab=0.2, trust_ba=0.6, familiarity=0.1)
        partnership(state, 0, (originator, 1 - originator), 0)
        for pair in range(4):
            giver, learner = givers[pair], learners[pair]
            state.partnerships.giver[0, pair], state.partnerships.learner[0, pair] = giver, learner
            state.partnerships.giver_uid[0, pair] = state.teachers.uid[giver] + (pair == 3)
            friendship(
                state, pair, (giver, learner), hours=float(pair != 2), trust_ab=(0.4, 0.8, 0, 0)[pair],
                trust_ba=(0.2, 0.6, 0, 0)[pair], familiarity=(0.5, 0.7, 1, 1)[pair],
            )  # fmt: skip
        state.partnerships.giver[0, 4:] = state.partnerships.learner[0, 4:] = NONE
        schools_follow_their_people(state, certain(trust__spreads=0.25), 0)
        of_0, of_1 = (0.6, 0.4) if originator == 0 else (0.4, 0.6)
        assert state.ties.trust_ab[0] == pytest.approx(0.2 + 0.25 * (of_0 - 0.2))
        assert state.ties.trust_ba[0] == pytest.approx(0.6 + 0.25 * (of_1 - 0.6))
        assert state.ties.familiarity[0] == pytest.approx(0.1 + 0.25 * (0.6 - 0.1))


def test_each_school_follows_its_own() -> None:
    """The originator's giver trusts .9, the partner's learner .1; where nobody worked nothing moves."""
    for hours in (1.0, 0.0):
        state = state_of(2)
        tie(state, 0, (0, 1))
        partnership(state, 0, (1, 0), 0)
        state.partnerships.giver[0, 1:] = state.partnerships.learner[0, 1:] = NONE
        friendship(state, 0, (2, 0), trust_ab=0.9, trust_ba=0.1, hours=hours)
        schools_follow_their_people(state, certain(trust__spreads=0.5), 0)
        expected = (0.3, 0.7) if hours else (0.5, 0.5)
        assert (state.ties.trust_ab[0], state.ties.trust_ba[0]) == pytest.approx(expected)


def test_poaching_costs_the_givers_trust_and_may_end_in_a_quarrel() -> None:
    """Chance .5 x (.5 + .6) x half the work of poaching; then breach .5 x (.5 + .7)."""
    values = {
        "trust__poaching": 0.5,
        "trust__stranger": 0.15,
        "hostility__collapse": 0.1,
    }  # fmt: skip
    met = set()
    for seed in range(1, 25):
        state = worked(seed, hostility__breach=0.5, **values)
        before = worked(seed)
        uid = state.schools.uid
        poached = luck(seed, draws.POACH, 4, state.partnerships.uid[0]) < 0.5 * 1.1 * 0.5
        fell_out = poached and luck(seed, draws.BREACH, 4, draws.pair(uid[0], uid[1])) < 0.5 * 1.2
        # As little as between strangers.
        assert state.friends.trust_ab[0] == (0.15 if poached else before.friends.trust_ab[0])
        assert state.friends.trust_ba[0] == before.friends.trust_ba[0]
        assert state.ties.hostile[0] == fell_out
        assert state.ledger.counts[FALLEN_OUT] == fell_out
        assert (state.ties.trust_ab[0], state.ties.trust_ba[0]) == ((0.0, 0.0) if fell_out else (0.5, 0.5))
        met.add((poached, fell_out))
    assert len(met) == 3


@pytest.mark.parametrize("trust", [(0.2, 0.9), (0.9, 0.2)])
def test_where_the_lower_trust_is_gone_old_acquaintances_fall_out(trust: tuple[float, float]) -> None:
    """Nobody poached: chance .7 x (1 - .2 / .4), by the lower of the two trusts, whichever side's it is."""
    met = []
    for seed in range(1, 13):
        state = worked(seed, trust, hostility__breach=1.0, hostility__collapse=0.4)
        fell_out = luck(seed, draws.BREACH, 4, draws.pair(*state.schools.uid[:2])) < 0.35
        met.append(fell_out)
        assert state.ties.hostile[0] == fell_out
    assert 0 < sum(met) < len(met)


def test_who_has_fallen_out_does_not_fall_out_again() -> None:
    state = quarrels()
    state.ties.trust_ab[0] = 0.04
    may_fall_out(state, certain(hostility__breach=9.0), Clock((1, 4)), 0, 1.0)
    assert (state.ties.trust_ab[0], state.ledger.counts[FALLEN_OUT]) == (0.04, 0)


@pytest.mark.parametrize("originator", [0, 1])
@pytest.mark.parametrize(("back", "net"), [(NONE, 6.0), (0, 6.0 - 0.25 * 6.0)])
def test_help_that_is_not_returned_adds_to_the_balance(originator: int, back: int, net: float) -> None:
    state = worked(originator=originator, at_work={"back": back}, exchange__returned_hours=0.25)
    sign = 1.0 if originator == 0 else -1.0
    assert state.ties.balance[0] == sign * (10.0 + net)
    assert state.ties.hours[0] == 6.0


def test_who_gave_and_who_was_helped_is_remembered_for_a_while() -> None:
    """Twelve pair-hours; a half of what was remembered is kept; a quarter comes back where something is offered."""
    for back, returned in ((NONE, 0.0), (1, 3.0)):
        state = state_of(2)
        put(state.schools, gave=(4.0, 2.0), received=(8.0, 6.0))
        tie(state, 0, (0, 1))
        partnership(state, 0, (0, 1), 0, hours=6.0, pairs=2, back=back)
        after_joint_work(state, certain(**CALM, memory__kept=0.5, exchange__returned_hours=0.25), Clock((1, 4)))
        assert state.schools.gave.tolist() == [2.0 + 12.0, 1.0 + returned]
        assert state.schools.received.tolist() == [4.0 + returned, 3.0 + 12.0]


def test_work_is_on_the_terms_of_its_own_programme() -> None:
    """The programme's purse is the originator's: its partner trusts less than where the purse is shared."""
    held = []
    for programme in (0, 1):
        state = state_of(2)
        tie(state, 0, (0, 1))
        partnership(state, 0, (0, 1), 0, hours=6.0, pounds=9.0, programme=programme)
        friendship(state, 0, (0, 2), hours=6.0)
        p = side_by_side(certain(**CALM, funding__purse="partnership"), certain(**CALM, funding__purse="originator"))
        after_joint_work(state, p, Clock((1, 4)))
        held.append(state.friends.trust_ba[0])
    # Half the work, from .5: the gesture's .06 is gone and the hidden purse's .06 is against.
    assert held[0] - held[1] == pytest.approx(0.5 * 0.5 * (0.06 + 0.06))


@pytest.mark.parametrize("originator", [0, 1])
def test_every_giver_who_is_still_in_post_minds_poaching(originator: int) -> None:
    """Of five pairs the second and third are half empty, and the fourth's giver has left: .4 of the others' trust."""
    state = state_of(2, 5)
    tie(state, 0, (0, 1))
    partnership(state, 0, (originator, 1 - originator), 0, hours=30.0)
    givers, learners = (range(5), range(5, 10)) if originator == 0 else (range(5, 10), range(5))
    partnerships = state.partnerships
    for pair in range(5):
        giver, learner = givers[pair], learners[pair]
        partnerships.giver[0, pair] = NONE if pair == 1 else giver
        partnerships.giver_uid[0, pair] = state.teachers.uid[giver] + (pair == 3)
        partnerships.learner[0, pair] = NONE if pair == 2 else learner
        partnerships.learner_uid[0, pair] = state.teachers.uid[learner]
        friendship(state, 7 - pair, (giver, learner), trust_ab=0.9, trust_ba=0.2)
    p = certain(**CALM | {"trust__poaching": 9.0, "trust__stranger": 0.36})
    after_joint_work(state, p, Clock((1, 4)))
    assert state.friends.trust_ab[3:].tolist() == pytest.approx([0.36, 0.9, 0.9, 0.9, 0.36])
    assert state.friends.trust_ba[3:].tolist() == [0.2] * 5


@pytest.mark.parametrize(("hours", "active"), [(0.6, 0.05), (12.0, 1.0), (18.0, 1.0)])
def test_more_than_a_full_half_terms_work_is_a_full_one(hours: float, active: float) -> None:
    """The partner's trust .5 gains by contact .03 x .5, and loses nothing; chance .5 x .5 of poaching, and no more."""
    met = []
    for seed in range(1, 9):
        state = state_of(2)
        tie(state, 0, (0, 1))
        partnership(state, 0, (0, 1), 0, hours=hours)
        friendship(state, 0, (0, 2), hours=hours)
        none = {"trust__success": 0.0, "trust__failure": 0.0, "trust__one_way": 0.0}
        p = certain(**CALM | none | {"trust__poaching": 0.5, "trust__stranger": 0.0})
        after_joint_work(state, p, Clock((seed, 4)))
        assert state.friends.trust_ba[0] == pytest.approx(0.5 + active * 0.015)
        poached = luck(seed, draws.POACH, 4, state.partnerships.uid[0]) < 0.25 * active
        assert state.friends.trust_ab[0] == pytest.approx(0.0 if poached else 0.5 + active * 0.015)
        met.append(poached)
    assert 0 < sum(met) < len(met) or active < 0.1


def test_joint_work_moves_the_schools_tie_with_its_people() -> None:
    """Half of the way to what the two who worked hold after it."""
    state = worked(trust__spreads=0.5)
    friends, ties = state.friends, state.ties
    assert ties.trust_ab[0] == pytest.approx(0.5 + 0.5 * (friends.trust_ab[0] - 0.5))
    assert ties.trust_ba[0] == pytest.approx(0.5 + 0.5 * (friends.trust_ba[0] - 0.5))
    assert ties.familiarity[0] == pytest.approx(0.7 + 0.5 * (friends.familiarity[0] - 0.7))


def test_the_last_pair_is_a_pair_too() -> None:
    """Its learner gains trust, its giver is poached from and loses all, and the schools' tie follows both."""
    state = state_of(2)
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, hours=12.0)
    partnerships = state.partnerships
    for column in (partnerships.giver, partnerships.learner, partnerships.giver_uid, partnerships.learner_uid):
        column[0, -1] = column[0, 0]
    partnerships.giver[0, :-1] = partnerships.learner[0, :-1] = NONE
    friendship(state, 0, (0, 2), hours=12.0)
    p = certain(**CALM | {"trust__spreads": 1.0, "trust__poaching": 9.0, "trust__stranger": 0.0})
    after_joint_work(state, p, Clock((1, 4)))
    assert state.friends.trust_ab[0] == state.ties.trust_ab[0] == 0.0
    assert state.friends.trust_ba[0] == state.ties.trust_ba[0] > 0.0
    assert state.friends.trust_ba[0] != 0.5


def test_only_work_is_remembered() -> None:
    """Half an hour is; none is not, nor what a partnership did that is over; practice 0 is something in return."""
    state = state_of(6)
    for slot, cells in enumerate(({"hours": 0.5, "back": 0}, {"hours": 0.0}, {"hours": 3.0, "alive": 0})):
        tie(state, slot, (2 * slot, 2 * slot + 1))
        partnership(state, slot, (2 * slot, 2 * slot + 1), slot, **cells)
    after_joint_work(state, certain(**CALM, exchange__returned_hours=0.5), Clock((1, 4)))
    assert state.schools.gave.tolist() == [0.5, 0.25, 0.0, 0.0, 0.0, 0.0]
    assert state.schools.received.tolist() == [0.25, 0.5, 0.0, 0.0, 0.0, 0.0]


# --- people ---------------------------------------------------------------------------------------


def acquaintances() -> State:
    """Posts 0 and 1 of the first school, 2 of the second, 4 of the third: 0 knows 2 and 4, 2 knows 1."""
    state = state_of(3, friends=6)
    friendship(state, 0, (0, 2), trust_ab=0.1, trust_ba=0.2)
    friendship(state, 3, (4, 0), trust_ab=0.3, trust_ba=0.4)
    friendship(state, 5, (2, 1), trust_ab=0.5, trust_ba=0.6)
    return state


def test_each_persons_ties_are_found_from_either_end() -> None:
    state = acquaintances()
    known = {(0, 2): 0, (0, 4): 3, (2, 1): 5}
    for post in range(6):
        for other in range(6):
            found = known.get((post, other), known.get((other, post), NONE))
            assert tie_of_people(state, post, other) == (found if post != other else NONE)
    state.friends.alive[3] = 0
    assert tie_of_people(state, 4, 0) == NONE
    relink_people(state)
    assert state.teachers.first_tie.tolist() == [0, 5, 0, NONE, NONE, NONE]


def test_trust_of_a_person_is_that_of_their_own_end() -> None:
    state = acquaintances()
    friends = state.friends
    assert [trust_of_person(friends, 3, post) for post in (4, 0)] == [0.3, 0.4]
    set_trust_of_person(friends, 3, 4, 0.7)
    set_trust_of_person(friends, 3, 0, 0.8)
    assert (friends.trust_ab[3], friends.trust_ba[3]) == (0.7, 0.8)
    assert [other_person(friends, 3, post) for post in (4, 0)] == [0, 4]


def test_two_who_get_to_know_each_other_take_the_first_free_place() -> None:
    state = acquaintances()
    put_row(state.friends, 1, hours=3.0, gain=3.0, engagement=3.0)
    assert acquaint(state, (3, 0), (0.15, 0.25), 0.35) == 1
    friends = state.friends
    assert (friends.alive[1], friends.a[1], friends.b[1]) == (1, 3, 0)
    assert (friends.trust_ab[1], friends.trust_ba[1], friends.familiarity[1]) == (0.15, 0.25, 0.35)
    assert (friends.hours[1], friends.gain[1], friends.engagement[1]) == (0.0, 0.0, 0.0)
    assert [tie_of_people(state, 0, other) for other in (2, 3, 4)] == [0, 1, 3]
    full = state_of(2, friends=1)
    friendship(full, 0, (0, 2))
    assert acquaint(full, (1, 3), (0.5, 0.5), 0.5) == NONE
    assert tie_of_people(full, 1, 3) == NONE


@pytest.mark.parametrize("originator", [0, 1])
def test_a_new_pair_begins_with_what_their_schools_are_to_each_other(originator: int) -> None:
    state = state_of(2)
    tie(state, 0, (0, 1), trust_ab=0.3, trust_ba=0.7, familiarity=0.8)
    partnership(state, 0, (originator, 1 - originator), 0)
    p = certain()
    made = tie_of_pair(state, p, 0, 0)
    friends = state.friends
    assert (friends.a[made], friends.b[made]) == ((0, 2) if originator == 0 else (2, 0))
    giver, learner = (0.3, 0.7) if originator == 0 else (0.7, 0.3)
    assert (friends.trust_ab[made], friends.trust_ba[made]) == (giver, learner)
    assert friends.familiarity[made] == 0.8
    assert tie_of_pair(state, p, 0, 0) == made
    assert friends.alive.sum() == 1


@pytest.mark.parametrize(("familiarity", "kept"), [(0.5, 1), (0.4999, 0)])
def test_who_are_just_familiar_enough_do_not_lose_sight(familiarity: float, kept: int) -> None:
    p = certain(trust__familiarity_kept=1.0, ties__dropped=0.5)
    state = acquaintances()
    friendship(state, 5, (1, 4), familiarity=familiarity)
    keep_up_with_people(state, p)
    assert state.friends.alive[5] == kept


def test_people_who_did_not_work_together_settle_and_may_lose_sight() -> None:
    """Trust goes .1 x (1 - .5 x .4) of the way to .3; familiarity keeps the root of .81; below .38 it is lost."""
    p = certain(
        trust__settle=0.1, trust__change=1.0, trust__rest=0.3, trust__familiarity_kept=0.81,
        ties__dropped=0.38,
    )  # fmt: skip
    state = acquaintances()
    put_row(state.friends, 0, hours=2.0, gain=0.1, engagement=0.6)
    state.friends.familiarity[5] = 0.9
    keep_up_with_people(state, p)
    friends = state.friends
    assert friends.alive[:6].tolist() == [1, 0, 0, 0, 0, 1]
    assert (friends.hours[0], friends.gain[0], friends.engagement[0]) == (0.0, 0.0, 0.0)
    assert (friends.trust_ab[0], friends.trust_ba[0], friends.familiarity[0]) == (0.1, 0.2, 0.4)
    assert friends.trust_ab[3] == pytest.approx(0.3)
    assert friends.trust_ba[3] == pytest.approx(0.4 - 0.08 * 0.1)
    assert friends.familiarity[3] == pytest.approx(0.36)
    assert friends.trust_ab[5] == pytest.approx(0.5 - 0.055 * 0.2)
    assert friends.familiarity[5] == pytest.approx(0.81)
    assert tie_of_people(state, 4, 0) == NONE


def test_ties_of_schools_whose_people_know_each_other() -> None:
    state = acquaintances()
    tie(state, 1, (0, 1))
    tie(state, 2, (1, 2))
    everyone = np.ones(3, dtype=np.int64)
    # Of 0 and 2, who know each other, the schools have no tie.
    assert ties_with_people(state, everyone)[:4].tolist() == [0, 1, 0, 0]
    tie(state, 3, (0, 2))
    assert ties_with_people(state, everyone)[:4].tolist() == [0, 1, 0, 1]
    assert ties_with_people(state, np.array([1, 1, 0]))[:4].tolist() == [0, 1, 0, 0]
    assert ties_with_people(state, np.array([0, 1, 1]))[:4].tolist() == [0, 0, 0, 0]
    state.friends.alive[:] = 0
    assert not ties_with_people(state, everyone).any()


# --- ties -----------------------------------------------------------------------------------------


def test_a_tie_is_made_with_its_miles_rivalry_and_the_trust_it_rests_at() -> None:
    """3 and 4 km apart: 5 km; rivalry .8 x 1.5 x exp(-miles / 2); rest .3 + .1 x luck, half of it each one's own."""
    p = certain(
        market__choice_weight=0.8, rivalry__slope=1.5, rivalry__reach_primary=2.0, trust__rest=0.3, trust__rest_sd=0.1
    )
    state = state_of(3)
    put(state.schools, east=(0.0, 3.0, 0.0), north=(4.0, 0.0, 4.0))
    made = make_tie(state, p, Clock((3, 7)), (1, 0), 0.35, 0.15)
    ties, uid = state.ties, state.schools.uid
    assert (ties.a[made], ties.b[made]) == (0, 1)
    assert (ties.trust_ab[made], ties.trust_ba[made], ties.familiarity[made]) == (0.35, 0.35, 0.15)
    miles = 5.0 / 1.609344
    assert ties.miles[made] == pytest.approx(miles)
    assert ties.rivalry[made] == pytest.approx(1.2 * math.exp(-miles / 2.0))
    shared, lower, higher = (
        draws.normal(3, draws.TIE_LEVELS, 0, draws.pair(uid[0], uid[1]), which) for which in (9, 10, 11)
    )
    own = (lower, higher) if uid[0] < uid[1] else (higher, lower)
    assert ties.resting_ab[made] == pytest.approx(0.3 + 0.1 * (shared + own[0]) / math.sqrt(2))
    assert ties.resting_ba[made] == pytest.approx(0.3 + 0.1 * (shared + own[1]) / math.sqrt(2))
    full = state_of(3, ties=1)
    tie(full, 0, (0, 1))
    assert make_tie(full, p, Clock((3, 7)), (1, 2), 0.5, 0.5) == NONE


# --- idle ties ------------------------------------------------------------------------------------


def test_rivals_settle_lower_and_meetings_take_time() -> None:
    """No rest of .3 but .3 x (1 - .5 x .4) = .24 for rivals; two heads give an hour and a half each where they meet."""
    p = certain(
        trust__meeting=2.0, trust__degree=9.0, trust__settle=0.2, trust__change=0.5, trust__meeting_gain=0.4,
        trust__meeting_familiarity=0.0, informal__hours=1.5,
    )  # fmt: skip
    state = state_of(2)
    tie(state, 0, (0, 1), rivalry=0.4, trust_ab=0.6, trust_ba=0.5)
    settle_idle_ties(state, p, Clock((1, 3)))
    for found, before in ((state.ties.trust_ab[0], 0.6), (state.ties.trust_ba[0], 0.5)):
        settled = before + 0.1 * 0.8 * (0.24 - before)
        assert found == pytest.approx(settled + 0.2 * 0.6 * (1.0 - settled))
    assert state.ledger.hours[TALK] == state.ledger.hours[GRANTED] == 3.0


def test_old_ties_are_kept_up_at_a_distance_as_far_as_the_less_able_side_can() -> None:
    """Kept .5 of .4, and of the other half .6 (the lower of both areas) x .7 (the lower contact) x .4."""
    p = side_by_side(
        *(certain(trust__meeting=0.0, trust__familiarity_kept=0.5, remote__contact=contact) for contact in (0.6, 0.9))
    )
    for area in ((0, 1), (1, 0)):
        for kept in ((0.7, 0.9), (0.9, 0.7)):
            state = state_of(2)
            put(state.schools, area=area, contact_kept=kept)
            tie(state, 0, (0, 1))
            settle_idle_ties(state, p, Clock((1, 3)))
            assert state.ties.familiarity[0] == pytest.approx(0.4 * (0.5 + 0.5 * 0.42 * 0.4))


def test_a_tie_that_is_gone_does_not_settle() -> None:
    state = state_of(3)
    tie(state, 0, (0, 1), balance=4.0)
    tie(state, 1, (1, 2), balance=4.0)
    state.ties.alive[0] = 0
    settle_idle_ties(state, certain(memory__kept=0.5, trust__meeting=0.0), Clock((1, 3)))
    assert state.ties.balance[:2].tolist() == [4.0, 2.0]


def test_ties_of_people_who_know_each_other_are_not_dropped() -> None:
    state = state_of(3)
    tie(state, 0, (0, 1), familiarity=0.05)
    tie(state, 1, (1, 2), familiarity=0.05)
    tie(state, 2, (0, 2), familiarity=0.1)
    friendship(state, 0, (0, 2))
    # Where nobody works together any more a slot of partnerships holds nothing.
    partnership(state, 0, (1, 2), 1)
    state.partnerships.alive[0] = 0
    drop_ties(state, certain(ties__dropped=0.1))
    assert state.ties.alive[:3].tolist() == [1, 0, 1]


def test_the_last_places_of_full_tables_count_too() -> None:
    """The last tie is faint and dropped, but for joint work that is the last partnership's."""
    for alive in (0, 1):
        state = state_of(3, ties=2, partnerships=1)
        tie(state, 0, (0, 1), familiarity=0.9)
        tie(state, 1, (1, 2), familiarity=0.05)
        partnership(state, 0, (1, 2), 1, alive=alive)
        drop_ties(state, certain(ties__dropped=0.1))
        assert state.ties.alive.tolist() == [1, alive]


@pytest.mark.parametrize(("cause", "draw"), [(BY_TIME, 0), (BY_GESTURE, 1), (BY_BROKER, 2)])
def test_each_cause_that_may_end_a_quarrel_has_a_draw_of_its_own(cause: int, draw: int) -> None:
    ended = []
    for seed in range(1, 9):
        state = quarrels()
        may_make_up(state, Clock((seed, 3)), 1, 0.5, cause)
        uid = state.schools.uid
        expected = luck(seed, draws.REPAIR, 3, draws.pair(uid[1], uid[2]), draw) < 0.5
        assert state.ties.hostile[:3].tolist() == [1, not expected, 1]
        assert state.ledger.counts[MADE_UP] == expected
        ended.append(expected)
    assert 0 < sum(ended) < len(ended)


def test_the_closest_partner_is_the_most_familiar() -> None:
    state = state_of(4, ties=4)
    put(state.schools, closest_familiarity=0.9)
    tie(state, 0, (0, 1), familiarity=0.1)
    tie(state, 1, (2, 1), familiarity=0.6)
    tie(state, 2, (0, 2), familiarity=0.8, alive=0)
    tie(state, 3, (0, 2), familiarity=0.2)
    note_closest_partners(state)
    assert state.schools.closest_familiarity.tolist() == [0.2, 0.6, 0.6, 0.0]


# --- quarrels -------------------------------------------------------------------------------------


def test_rivals_may_fall_out_over_pupils_as_a_year_begins() -> None:
    """Chance .5 x rivalry .8 x trust's pace .5 = .2; not without rivalry, nor in other half-terms."""
    p = certain(hostility__pupils=0.5, trust__change=0.5)
    met = []
    for seed in range(1, 25):
        for half_term in (6, 7):
            state = state_of(3)
            tie(state, 0, (0, 1), rivalry=0.8)
            tie(state, 1, (1, 2), rivalry=0.0)
            bear_grudges(state, p, Clock((seed, half_term)))
            uid = state.schools.uid
            over = half_term == 6 and luck(seed, draws.BREACH, 6, draws.pair(uid[0], uid[1]), 1) < 0.2
            assert state.ties.hostile[:2].tolist() == [over, 0]
            assert state.ledger.counts[FALLEN_OUT] == over
            assert state.ties.trust_ab[0] == (0.0 if over else 0.5)
            met.append(over)
    assert 0 < sum(met) < len(met)
