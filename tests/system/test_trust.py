"""Quarrels, and ties left alone: small systems worked by hand (M12, M14, M15)."""

from __future__ import annotations

import pytest

from schoolsim import draws
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import MADE_UP
from schoolsim.system.trust.change import after_joint_work, drop_ties, settle_idle_ties
from schoolsim.system.trust.hostility import bear_grudges
from tests.system.by_hand import certain, luck, partnership, state_of, tie


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
