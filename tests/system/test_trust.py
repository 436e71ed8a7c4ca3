"""Quarrels, and ties left alone: small systems worked by hand (M12, M14, M15)."""

from __future__ import annotations

import pytest

from schoolsim import draws
from schoolsim.rules.trust import breach_chance
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import FALLEN_OUT, MADE_UP
from schoolsim.system.trust.change import after_joint_work, drop_ties, settle_idle_ties
from schoolsim.system.trust.hostility import bear_grudges
from tests.system.by_hand import certain, luck, partnership, put, state_of, tie


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
    p = certain(hostility__repair=0.0, hostility__new_head=1.0)
    state = quarrels()
    state.schools.head_since[newly_headed] = 5
    bear_grudges(state, p, Clock((1, 6)))
    assert [slot for slot in range(3) if not state.ties.hostile[slot]] == made_up
    assert state.ledger.counts[MADE_UP] == len(made_up)


@pytest.mark.parametrize(("since", "half_term"), [(5, 5), (5, 7), (6, 6), (-1, 0)])
def test_only_the_half_term_after_the_heads_coming_does(since: int, half_term: int) -> None:
    """Nor does the first head of a run: half-term 0 has no year before it."""
    p = certain(hostility__repair=0.0, hostility__new_head=1.0)
    state = quarrels()
    state.schools.head_since[:] = since
    bear_grudges(state, p, Clock((1, half_term)))
    assert state.ties.hostile[:4].tolist() == [1, 1, 1, 0]
    assert state.ledger.counts[MADE_UP] == 0


def test_without_a_new_head_time_alone_ends_it() -> None:
    """Each quarrel by a draw of its own, the two schools' together; where there is none, nothing ends."""
    p = certain(hostility__repair=0.5, hostility__new_head=0.0)
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


def worked(seed: int, trust: tuple[float, float] = (0.5, 0.5), **values: object) -> State:
    """A partnership of old rivals after a half-term's work."""
    state = state_of(2)
    tie(state, 0, (0, 1), rivalry=0.6, familiarity=0.7, trust_ab=trust[0], trust_ba=trust[1])
    partnership(state, 0, (0, 1), 0)
    after_joint_work(state, certain(**values), Clock((seed, 4)))
    return state


def test_poaching_may_end_in_a_quarrel() -> None:
    """Chance 1 of poaching, then breach x (.2 + .8 x .6) x (.5 + .7): both trusts fall to the same low one."""
    always = {"trust__poaching": 1.0, "hostility__trust": 0.03}
    met = []
    for seed in range(1, 13):
        state = worked(seed, hostility__breach=0.6, **always)
        before = worked(seed, hostility__breach=0.0, **always).ties
        chance = 0.6 * (0.2 + 0.8 * 0.6) * (0.5 + 0.7)
        uid = state.schools.uid
        fell_out = luck(seed, draws.BREACH, 4, draws.pair(uid[0], uid[1])) < chance
        met.append(fell_out)
        assert state.ties.hostile[0] == fell_out
        assert state.ledger.counts[FALLEN_OUT] == fell_out
        expected = (0.03, 0.03) if fell_out else (before.trust_ab[0], before.trust_ba[0])
        assert (state.ties.trust_ab[0], state.ties.trust_ba[0]) == expected
    assert 0 < sum(met) < len(met)


@pytest.mark.parametrize("trust", [(0.05, 0.9), (0.9, 0.05)])
def test_where_the_lower_trust_is_gone_old_acquaintances_fall_out(trust: tuple[float, float]) -> None:
    """Nobody poached: the chance is of the collapse, by the lower of the two trusts, whichever side's it is."""
    calm = {"trust__poaching": 0.0, "hostility__collapse": 0.4}
    p = certain(hostility__breach=1.0, **calm)
    met = []
    for seed in range(1, 13):
        before = worked(seed, trust, hostility__breach=0.0, **calm).ties
        lower = min(before.trust_ab[0], before.trust_ba[0])
        chance = breach_chance(0.0, lower, 0.7, 0.6, p)
        assert 0.0 < chance < 1.0
        state = worked(seed, trust, hostility__breach=1.0, **calm)
        fell_out = luck(seed, draws.BREACH, 4, draws.pair(*state.schools.uid[:2])) < chance
        met.append(fell_out)
        assert state.ties.hostile[0] == fell_out
    assert 0 < sum(met) < len(met)


def test_trusting_schools_do_not_fall_out_over_nothing() -> None:
    for seed in range(1, 9):
        assert not worked(seed, hostility__breach=1.0, trust__poaching=0.0, hostility__unprovoked=1.0).ties.hostile[0]


def test_an_idle_tie_settles_and_a_hostile_one_stays_as_it_is() -> None:
    """No heads meet. Trust moves by .1 x (1 - .5 x .4) of the way to rest .3; familiarity keeps .9."""
    p = certain(
        trust__meeting=0.0, trust__settle=0.1, trust__familiarity_kept=0.9, trust__balance_kept=0.5, trust__change=1.0
    )
    state = state_of(3)
    tie(state, 0, (0, 1), trust_ab=0.5, trust_ba=0.2, balance=8.0)
    tie(state, 1, (1, 2), hostile=1, trust_ab=0.02, balance=8.0)
    tie(state, 2, (0, 2), hours=5.0, balance=8.0)
    settle_idle_ties(state, p, Clock((1, 0)))
    ties = state.ties
    assert ties.trust_ab[0] == pytest.approx(0.5 + 0.1 * 0.8 * (0.3 - 0.5))
    assert ties.trust_ba[0] == pytest.approx(0.2 + 0.1 * 0.8 * (0.3 - 0.2))
    assert ties.familiarity[:3].tolist() == pytest.approx([0.36, 0.4, 0.4])
    assert (ties.trust_ab[1], ties.trust_ab[2]) == (0.02, 0.5)
    assert ties.hours[2] == 0.0
    assert ties.balance[:3].tolist() == [4.0, 4.0, 4.0]


@pytest.mark.parametrize(("half_term", "familiarity"), [(0, 0.5 * (0.9 + 0.1 * 0.8 * 0.5)), (-1, 0.45)])
def test_contact_at_a_distance_keeps_old_ties_from_the_policy_on(half_term: int, familiarity: float) -> None:
    """Contact .8, of which the busier of the two schools has the hours for half; the tie is an old one."""
    p = certain(trust__meeting=0.0, trust__familiarity_kept=0.9, remote__contact=0.8, remote__old_tie=0.25)
    state = state_of(2)
    tie(state, 0, (0, 1), familiarity=0.5)
    state.schools.contact_kept[:] = (1.0, 0.5)
    settle_idle_ties(state, p, Clock((1, half_term)))
    assert state.ties.familiarity[0] == pytest.approx(familiarity)


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


def test_who_gave_and_who_was_helped_is_remembered_for_a_while() -> None:
    """12 hours of two pairs given, half of them returned, onto .9 of what was remembered; none of idle ones."""
    state = state_of(6)
    for slot in range(3):
        tie(state, slot, (2 * slot, 2 * slot + 1))
    partnership(state, 0, (0, 1), 0, pairs=2, back=1)
    partnership(state, 1, (2, 3), 1, alive=0)
    partnership(state, 2, (4, 5), 2, hours=0.0)
    put(state.schools, gave=10.0, received=20.0)
    after_joint_work(state, certain(roles__kept=0.9, exchange__returned_hours=0.5), Clock((1, 4)))
    assert state.schools.gave.tolist() == pytest.approx([33.0, 21.0, 9.0, 9.0, 9.0, 9.0])
    assert state.schools.received.tolist() == pytest.approx([30.0, 42.0, 18.0, 18.0, 18.0, 18.0])


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
