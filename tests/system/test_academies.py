"""Schools change trust: who goes where, what ends and begins with it, and that nothing moves where no trust is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

from schoolsim import draws
from schoolsim.rules.codes import NONE
from schoolsim.system.initial.given_ties import settle_trusts
from schoolsim.system.initial.tie_levels import Pairs
from schoolsim.system.partnerships.academies import WHERE, WHETHER, joined_by, trusts_change
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.ledger import BEGUN, ENDED, MOVED_TRUST
from tests.system.by_hand import FIRST_UID, certain, friendship, luck, partnership, put, seed_where, state_of, tie
from tests.system.worlds import World, digest, in_trusts, made_table

MILE = 1.609344
JUNE = 5


def working(state: State, slot: int, ends: tuple[int, int]) -> None:
    """A tie and a partnership of one pair, in a slot of each table."""
    tie(state, slot, ends)
    partnership(state, slot, ends, slot)
    state.teachers.pairs[state.schools.first[list(ends)]] += 1


def two_trusts() -> State:
    """Trusts of 0 and 1, and of 2 and 3, each a partnership; 4 is in none. Results rise with the row."""
    state = state_of(5, 2, ties=20, partnerships=20)
    put(state.schools, academy_trust=(1, 1, 2, 2, 0), joined_share=(1.0, 1.0, 1.0, 1.0, 0.0), standing=np.arange(5.0))
    put(state.schools, need=0, east=(0.0, 1.0, 2.0, 3.0, 4.0))
    working(state, 0, (0, 1))
    working(state, 1, (2, 3))
    return state


def at_work(state: State) -> set[tuple[int, int]]:
    """Originator and partner of each partnership."""
    here = state.partnerships
    return {(int(here.originator[slot]), int(here.partner[slot])) for slot in np.flatnonzero(here.alive)}


def going(chance: float, *movers: int, schools: int = 5) -> int:
    """A seed with which these schools and no others are drawn to go."""
    return seed_where(
        lambda seed: all(
            (luck(seed, draws.ACADEMY_TRUST, JUNE, FIRST_UID + row, WHETHER) < chance) == (row in movers)
            for row in range(schools)
        )
    )


# --- a case by hand -------------------------------------------------------------------------------


def test_a_school_that_goes_over_leaves_its_old_partner_and_begins_with_its_new_ones() -> None:
    state = two_trusts()
    friendship(state, 0, (0, 2))  # of a teacher of 0 and one of 1
    trusts_change(state, certain(academies__change=0.5, academies__join=0.0), Clock((going(0.5, 0), JUNE)))
    assert state.schools.academy_trust.tolist() == [2, 1, 2, 2, 0]
    assert state.schools.joined_share.tolist() == [1.0, 1.0, 1.0, 1.0, 0.0]
    # 0 and 1 have ended, 2 and 3 go on, and of each new two the one with better results originates.
    assert at_work(state) == {(2, 3), (2, 0), (3, 0)}
    new = state.partnerships
    begun = [slot for slot in np.flatnonzero(new.alive) if new.partner[slot] == 0]
    assert new.began[begun].tolist() == [JUNE, JUNE]
    assert not new.programme.any()
    assert state.schools.commitments.tolist() == [2, 0, 2, 2, 0]
    counts = state.ledger.counts
    assert (counts[MOVED_TRUST], counts[ENDED], counts[BEGUN]) == (1, 1, 2)
    # The tie with the old partner stays, and the friendship of their people.
    assert find_tie(state, 0, 1) == 0
    assert state.ties.familiarity[0] == 0.4
    assert state.friends.alive[0] == 1
    assert all(find_tie(state, 0, other) >= 0 for other in (2, 3))


def test_a_school_in_none_joins_and_ends_nothing() -> None:
    state = two_trusts()
    seed = seed_where(lambda seed: luck(seed, draws.ACADEMY_TRUST, JUNE, FIRST_UID + 4, WHERE) > 0.99)
    trusts_change(state, certain(academies__change=0.0, academies__join=1.0), Clock((seed, JUNE)))
    # Of weights in the order of URNs the last is that of the second trust.
    assert state.schools.academy_trust.tolist() == [1, 1, 2, 2, 2]
    assert state.schools.joined_share[4] == 1.0
    assert at_work(state) == {(0, 1), (2, 3), (4, 2), (4, 3)}
    assert (state.ledger.counts[MOVED_TRUST], state.ledger.counts[ENDED]) == (1, 0)


def test_all_go_at_once_and_who_goes_together_stays_together() -> None:
    """Where they go is settled by the trusts as they were: two trusts of two change their numbers, and nothing else."""
    state = two_trusts()
    trusts_change(state, certain(academies__change=1.0, academies__join=0.0), Clock((1, JUNE)))
    assert state.schools.academy_trust.tolist() == [2, 2, 1, 1, 0]
    assert at_work(state) == {(0, 1), (2, 3)}
    assert (state.ledger.counts[MOVED_TRUST], state.ledger.counts[ENDED], state.ledger.counts[BEGUN]) == (4, 0, 0)


def test_what_is_at_work_under_a_programme_goes_on() -> None:
    state = two_trusts()
    state.partnerships.programme[0] = 1
    trusts_change(state, certain(academies__change=0.5, academies__join=0.0), Clock((going(0.5, 0), JUNE)))
    assert state.schools.academy_trust[0] == 2
    assert (0, 1) in at_work(state)


def test_what_a_school_does_with_schools_of_no_trust_of_its_own_goes_on() -> None:
    state = two_trusts()
    working(state, 2, (0, 4))
    working(state, 3, (0, 2))
    trusts_change(state, certain(academies__change=0.5, academies__join=0.0), Clock((going(0.5, 0), JUNE)))
    assert at_work(state) == {(2, 3), (0, 4), (0, 2), (3, 0)}  # 0 and 2, at work before, begin nothing


def test_with_a_school_that_it_has_fallen_out_with_it_begins_nothing() -> None:
    state = two_trusts()
    tie(state, 2, (0, 2), hostile=1)
    trusts_change(state, certain(academies__change=0.5, academies__join=0.0), Clock((going(0.5, 0), JUNE)))
    assert at_work(state) == {(2, 3), (3, 0)}


def test_a_newcomer_begins_with_the_nearest_as_many_as_its_trust_is_used_to() -> None:
    """Of five schools a share of .4: two, those at 2 and at 3 km."""
    state = state_of(6, 1, ties=20, partnerships=20)
    put(state.schools, academy_trust=(1, 1, 1, 1, 1, 0), joined_share=(0.4,) * 5 + (0.0,), need=0)
    put(state.schools, east=(9.0, 3.0, 8.0, -2.0, 7.0, 0.0), standing=(0.0, 0.0, 0.0, 0.0, 0.0, 1.0))
    trusts_change(state, certain(academies__change=0.0, academies__join=1.0), Clock((1, JUNE)))
    assert at_work(state) == {(5, 1), (5, 3)}


@pytest.mark.parametrize(
    ("share", "others", "with_whom"), [(1.0, 4, 4), (0.05, 39, 2), (0.5, 3, 2), (0.1, 2, 1), (1.0, 1, 1), (1.0, 0, 0)]
)
def test_with_how_many_a_newcomer_begins(share: float, others: int, with_whom: int) -> None:
    assert joined_by(share, others) == with_whom


def test_tables_grow_for_what_newcomers_begin() -> None:
    state = state_of(30, 1, ties=4, partnerships=4)
    put(state.schools, academy_trust=np.arange(30) % 2, joined_share=np.arange(30) % 2, need=0)
    calm = certain(academies__change=0.0, academies__join=1.0, hostility__start=0.0)
    trusts_change(state, calm, Clock((1, JUNE)))
    assert (state.schools.academy_trust == 1).all()
    # Everyone but of the fifteen first has all other 29 as partners: 30 x 29 / 2 less 15 x 14 / 2.
    assert state.partnerships.alive.sum() == state.ties.alive.sum() == 330
    assert not state.partnerships.alive.all()
    assert not state.ties.alive.all()


# --- chances --------------------------------------------------------------------------------------


def choosing(reach: float, chosen: Sequence[float]) -> int:
    """The trust that a school in none joins, of one at 3 miles and one at 6, where the draw is between these two."""
    state = state_of(3, 1, ties=4, partnerships=4)
    put(state.schools, academy_trust=(0, 1, 2), joined_share=(0.0, 1.0, 1.0), need=0)
    put(state.schools, east=(0.0, 3.0 * MILE, -6.0 * MILE))
    low, high = chosen
    seed = seed_where(lambda seed: low < luck(seed, draws.ACADEMY_TRUST, JUNE, FIRST_UID, WHERE) < high)
    trusts_change(state, certain(academies__change=0.0, academies__join=1.0, ties__reach=reach), Clock((seed, JUNE)))
    return int(state.schools.academy_trust[0])


@pytest.mark.parametrize(
    ("reach", "chosen", "trust"),
    [
        (3.0, (0.69, 0.73), 1),  # a weight of 1/e of 1/e and 1/e^2 together: .731
        (3.0, (0.74, 0.78), 2),
        (6.0, (0.58, 0.62), 1),  # of e^-.5 and e^-1 together: .622
        (6.0, (0.63, 0.67), 2),
        (0.0, (0.95, 1.0), 0),  # nobody is within reach: it stays in none
    ],
)
def test_a_trust_is_chosen_by_miles_over_the_reach(reach: float, chosen: Sequence[float], trust: int) -> None:
    assert choosing(reach, chosen) == trust


def in_another_order(state: State, *places: int) -> None:
    """Give each school, by row, the URN of that place in the order, and put the roster in it."""
    put(state.schools, uid=FIRST_UID + np.array(places))
    state.roster.order[:] = np.argsort(places)


@pytest.mark.parametrize(("chosen", "trust"), [((0.22, 0.26), 2), ((0.28, 0.32), 1)])
def test_schools_are_gone_through_by_urn_and_not_by_row(chosen: Sequence[float], trust: int) -> None:
    """The school at 6 miles has the lower URN, and the first .269 of the draw."""
    state = state_of(3, 1, ties=4, partnerships=4)
    put(state.schools, academy_trust=(0, 1, 2), joined_share=(0.0, 1.0, 1.0), need=0)
    put(state.schools, east=(0.0, 3.0 * MILE, -6.0 * MILE))
    in_another_order(state, 0, 2, 1)
    low, high = chosen
    seed = seed_where(lambda seed: low < luck(seed, draws.ACADEMY_TRUST, JUNE, FIRST_UID, WHERE) < high)
    trusts_change(state, certain(academies__change=0.0, academies__join=1.0, ties__reach=3.0), Clock((seed, JUNE)))
    assert state.schools.academy_trust[0] == trust


def test_of_two_at_one_distance_a_newcomer_begins_with_the_lower_urn() -> None:
    state = state_of(3, 1, ties=6, partnerships=6)
    put(state.schools, academy_trust=(1, 1, 0), joined_share=(0.3, 0.3, 0.0), east=(2.0, -2.0, 0.0), need=0)
    in_another_order(state, 2, 1, 0)
    put(state.schools, standing=(0.0, 0.0, 1.0))
    trusts_change(state, certain(academies__change=0.0, academies__join=1.0), Clock((1, JUNE)))
    assert at_work(state) == {(2, 1)}


def test_whether_a_school_goes_and_where_are_two_draws() -> None:
    state = two_trusts()

    def stays_near_the_threshold(seed: int) -> bool:
        whether, where = (luck(seed, draws.ACADEMY_TRUST, JUNE, FIRST_UID + 4, which) for which in (WHETHER, WHERE))
        return whether < 0.05 and where > 0.95

    one = certain(academies__change=0.0, academies__join=0.1, ties__reach=1000.0)
    trusts_change(state, one, Clock((seed_where(stays_near_the_threshold), JUNE)))
    # With four schools about as likely, one draw of .05 would choose the first, and one of .95 chooses the last.
    assert state.schools.academy_trust.tolist() == [1, 1, 2, 2, 2]


def test_a_school_that_goes_leaves_all_its_old_partners() -> None:
    state = state_of(5, 3, ties=20, partnerships=20)
    put(state.schools, academy_trust=(1, 1, 1, 2, 2), joined_share=1.0, standing=np.arange(5.0), need=0)
    for slot, ends in enumerate([(0, 1), (0, 2), (1, 2), (3, 4)]):
        working(state, slot, ends)
    trusts_change(state, certain(academies__change=0.5, academies__join=0.0), Clock((going(0.5, 0), JUNE)))
    assert at_work(state) == {(1, 2), (3, 4), (3, 0), (4, 0)}
    assert (state.ledger.counts[ENDED], state.ledger.counts[BEGUN]) == (2, 2)


@pytest.mark.slow
def test_near_schools_draw_others_into_their_trusts() -> None:
    """A school at 3 and one at 6 miles of another trust, at a reach of 3: 1/e to 1/e²."""
    here, runs = 0, 4000
    for seed in range(runs):
        state = state_of(3, 1, ties=4, partnerships=4)
        put(state.schools, academy_trust=(0, 1, 2), joined_share=(0.0, 1.0, 1.0), need=0)
        put(state.schools, east=(0.0, 3.0 * MILE, -6.0 * MILE))
        trusts_change(state, certain(academies__change=0.0, academies__join=1.0, ties__reach=3.0), Clock((seed, JUNE)))
        here += state.schools.academy_trust[0] == 1
    share = math.exp(-1.0) / (math.exp(-1.0) + math.exp(-2.0))
    low, high = binom.interval(0.999, runs, share)
    assert low <= here <= high


def test_the_share_that_moves_is_the_chance() -> None:
    """Of 300 schools, some in each of ten trusts and some in none, for 40 years; every trust has one near."""
    p = certain(academies__change=0.021, academies__join=0.05)
    state = state_of(300, 1, ties=20, partnerships=20)
    chance = np.random.default_rng(4)
    put(state.schools, academy_trust=chance.integers(0, 11, 300), joined_share=0.0, need=0)
    put(state.schools, east=chance.uniform(0, 9, 300), north=chance.uniform(0, 9, 300))
    could_change = could_join = changed = joined = 0
    for year in range(40):
        before = state.schools.academy_trust.copy()
        trusts_change(state, p, Clock((9, 6 * year + 5)))
        moved = state.schools.academy_trust != before
        could_change, could_join = could_change + (before > 0).sum(), could_join + (before == 0).sum()
        changed, joined = changed + moved[before > 0].sum(), joined + moved[before == 0].sum()
    assert could_join > 300
    assert changed + joined == state.ledger.counts[MOVED_TRUST]
    for number, of, rate in ((changed, could_change, 0.021), (joined, could_join, 0.05)):
        low, high = binom.interval(0.999, of, rate)
        assert low <= number <= high


@pytest.mark.parametrize("trusts", [(1, 1, 1, 1, 1), (0, 0, 0, 0, 0)])
def test_where_no_other_trust_is_nobody_moves(trusts: Sequence[int]) -> None:
    state = two_trusts()
    put(state.schools, academy_trust=trusts)
    trusts_change(state, certain(academies__change=1.0, academies__join=1.0), Clock((1, JUNE)))
    assert state.schools.academy_trust.tolist() == list(trusts)
    assert at_work(state) == {(0, 1), (2, 3)}
    assert not state.ledger.counts.any()


def test_chances_of_nought_change_nothing() -> None:
    state = two_trusts()
    before = {name: getattr(state, name).block.copy() for name in state.groups}
    for seed in range(20):
        trusts_change(state, certain(academies__change=0.0, academies__join=0.0), Clock((seed, JUNE)))
    for name, block in before.items():
        np.testing.assert_array_equal(getattr(state, name).block, block, err_msg=name)


# --- which trust ----------------------------------------------------------------------------------


def settled(*rows: tuple[int, int, bool]) -> State:
    """Trusts of seven schools, whose uids fall with the row, by pairs and whether these are of a trust."""
    state = state_of(7, 1)
    put(state.schools, uid=FIRST_UID + 10 - np.arange(7))
    in_trust = np.array([row[2] for row in rows])
    ends = np.array([row[:2] for row in rows])
    settle_trusts(state.schools, Pairs(ends, np.zeros((len(rows), 2)), np.ones(len(rows), dtype=np.bool_), in_trust))
    return state


def test_pairs_that_meet_in_a_school_are_of_one_trust() -> None:
    """A chain of 6, 4 and 5, and a triangle of 1, 2 and 3: the first has the lowest uid, that of row 6."""
    state = settled((1, 2, True), (4, 6, True), (2, 3, True), (4, 5, True), (1, 3, True))
    assert state.schools.academy_trust.tolist() == [0, 2, 2, 2, 1, 1, 1]
    assert state.schools.joined_share.tolist() == pytest.approx([0.0, 1.0, 1.0, 1.0, 2 / 3, 2 / 3, 2 / 3])


def test_a_federation_is_no_trust() -> None:
    state = settled((1, 2, True), (2, 4, False), (0, 6, False))
    assert state.schools.academy_trust.tolist() == [0, 1, 1, 0, 0, 0, 0]
    assert state.schools.joined_share.tolist() == [0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    assert not settled((1, 2, False)).schools.academy_trust.any()


# --- runs -----------------------------------------------------------------------------------------

TABLE = made_table(3, 16)
GIVEN = in_trusts(TABLE, 3, 3)
OFTEN = {"academies.change": 0.5, "academies.join": 0.5}
NEVER = {"academies.change": 0.0, "academies.join": 0.0}


def run(overrides: dict[str, float], *, ties: bool = True) -> Simulation:
    return World(TABLE, dict(overrides), 5, burn_in_years=1, ties=GIVEN if ties else None).run(2)


def test_where_no_trust_is_given_the_chances_change_no_byte() -> None:
    plain = run(OFTEN, ties=False)
    assert digest(plain) == digest(run(NEVER, ties=False))
    assert not plain.state.schools.academy_trust.any()
    assert not plain.series["academies.moves"].any()


def test_in_a_run_schools_move_once_a_year_and_are_counted() -> None:
    moving = run(OFTEN)
    moves = moving.series["academies.moves"]
    assert moving.half_terms[moves > 0].tolist() == [-1, 5, 11]
    assert digest(moving) != digest(run(NEVER))
    assert not run(NEVER).series["academies.moves"].any()
    assert (moving.state.schools.academy_trust > 0).sum() > 9


def test_federations_stay_as_they_are() -> None:
    given = replace(GIVEN, kind=np.full(len(GIVEN), "federation", dtype=object))
    world = World(TABLE, dict(OFTEN), 5, ties=given)
    assert world.begun().state.partnerships.alive.sum() == 9
    assert not world.run(1).series["academies.moves"].any()


def test_the_run_without_programmes_has_the_same_moves() -> None:
    """Who goes where does not depend on who works with whom."""
    programme = {"programme.originators": 4, "funding.per_partnership": 12_000.0, "search.rate": 1.0}
    one, other = run(OFTEN), run(OFTEN | programme)
    assert other.state.programmes.joined[1:].max() > NONE
    np.testing.assert_array_equal(one.state.schools.academy_trust, other.state.schools.academy_trust)
