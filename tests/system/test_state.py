"""The ledger, lists of ties, free slots, orders and growing tables: worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.rules.codes import NONE
from schoolsim.system.state import Clock, State, TeacherTies, ledger
from schoolsim.system.state.adjacency import (
    add_tie,
    find_tie,
    mean_trust,
    next_tie,
    other_end,
    partnership_on,
    set_trust,
    trust_of,
)
from schoolsim.system.state.growth import check_room, is_full, make_room
from schoolsim.system.state.ledger import hours_balance, open_half_term, pounds_balance
from schoolsim.system.state.slots import fill, free_slot, in_order, in_reverse_order, release, total
from tests.system.by_hand import partnership, put_row, state_of, tie

NUMBERS = {name: value for name, value in vars(ledger).items() if name.isupper() and type(value) is int}


def test_each_account_and_count_has_a_row_of_its_own() -> None:
    """Accounts of hours and pounds count from 0, and so do counts of events: no number more than twice."""
    assert max(value for name, value in NUMBERS.items() if name != "ROWS") < NUMBERS["ROWS"]
    accounts = list(NUMBERS)
    split = accounts.index("TRANSFERS")
    first, second = (
        [NUMBERS[name] for name in part if name != "ROWS"] for part in (accounts[:split], accounts[split:])
    )
    assert first == list(range(len(first)))
    assert len(set(second)) == len(second)


def test_what_is_granted_or_bought_is_used_or_left() -> None:
    state = state_of(1)
    book = state.ledger
    book.hours[[ledger.GRANTED, ledger.BOUGHT]] = (30.0, 20.0)
    book.hours[[ledger.JOINT, ledger.TRAVEL, ledger.UNUSED]] = (25.0, 5.0, 20.0)
    assert hours_balance(book) == pytest.approx(0.0)
    book.pounds[[ledger.GRANTED, ledger.COVER, ledger.RETURNED]] = (100.0, 60.0, 40.0)
    assert pounds_balance(book) == pytest.approx(0.0)
    book.hours[ledger.GRANTED] += 1.0
    book.pounds[ledger.COVER] += 1.0
    assert abs(hours_balance(book)) == abs(pounds_balance(book)) == pytest.approx(1.0)
    book.counts[3] = 7.0
    open_half_term(book)
    for column in (book.hours, book.pounds, book.counts):
        assert not np.any(column)


# --- balances -------------------------------------------------------------------------------------


def test_every_account_is_in_its_balance() -> None:
    """What is granted or bought less every use of it: one unit in a use takes one from the balance."""
    for name, balance, column, income in (
        ("HOURS", hours_balance, "hours", ("granted", "bought")),
        ("POUNDS", pounds_balance, "pounds", ("granted", "held_back")),
    ):
        for account, row in getattr(ledger, name).items():
            book = state_of(1).ledger
            getattr(book, column)[row] = 2.0
            assert balance(book) == (2.0 if account in income else -2.0), account


# --- adjacency ------------------------------------------------------------------------------------


def linked() -> State:
    """Ties of 0 with 1 and 3, of 1 with 2; of the two in slot 2 nothing is left."""
    state = state_of(4, ties=5)
    tie(state, 0, (1, 2), trust_ab=0.1, trust_ba=0.2)
    tie(state, 2, (0, 2), alive=0)
    tie(state, 3, (3, 0), trust_ab=0.3, trust_ba=0.4)
    tie(state, 4, (0, 1), trust_ab=0.5, trust_ba=0.9)
    return state


def test_every_tie_is_found_from_both_ends() -> None:
    state = linked()
    known = {frozenset((1, 2)): 0, frozenset((0, 3)): 3, frozenset((0, 1)): 4}
    for school in range(4):
        for other in range(4):
            assert find_tie(state, school, other) == known.get(frozenset((school, other)), NONE)
    assert state.schools.first_tie.tolist() == [3, 0, 0, 3]
    assert [next_tie(state.ties, 3, school) for school in (0, 3)] == [4, NONE]
    assert [next_tie(state.ties, 0, school) for school in (1, 2)] == [4, NONE]
    assert [other_end(state.ties, 3, school) for school in (0, 3)] == [3, 0]


def test_trust_is_read_and_written_at_its_own_end() -> None:
    ties = linked().ties
    assert [trust_of(ties, 3, school) for school in (0, 3)] == [0.3, 0.4]
    assert mean_trust(ties, 4) == pytest.approx(0.7)
    set_trust(ties, 3, 0, 0.6)
    set_trust(ties, 3, 3, 0.8)
    assert (ties.trust_ab[3], ties.trust_ba[3]) == (0.6, 0.8)


@pytest.mark.parametrize("ends", [(2, 3), (3, 2)])
def test_a_new_tie_takes_the_first_free_place_the_lower_number_first(ends: tuple[int, int]) -> None:
    state = linked()
    put_row(state.ties, 1, balance=1.0, hours=1.0, hostile=1)
    assert add_tie(state, *ends, 0.15, 0.25) == 1
    ties = state.ties
    assert (ties.alive[1], ties.a[1], ties.b[1]) == (1, 2, 3)
    assert (ties.trust_ab[1], ties.trust_ba[1], ties.familiarity[1]) == (0.15, 0.15, 0.25)
    assert (ties.balance[1], ties.hours[1], ties.hostile[1]) == (0.0, 0.0, 0)
    assert find_tie(state, 3, 2) == find_tie(state, 2, 3) == 1
    assert [find_tie(state, 2, 1), find_tie(state, 3, 0)] == [0, 3]
    assert add_tie(state, 0, 2, 0.5, 0.5) == 2
    assert add_tie(state, 1, 3, 0.5, 0.5) == NONE
    assert find_tie(state, 1, 3) == NONE


def test_a_partnership_is_on_a_tie_while_it_lives() -> None:
    state = linked()
    partnership(state, 3, (0, 3), 3)
    partnerships = state.partnerships
    assert partnership_on(state.ties, partnerships, 3) == 3
    assert partnership_on(state.ties, partnerships, NONE) == NONE
    # A tie on which nothing began names slot 0, which is another's.
    partnership(state, 0, (1, 2), 0)
    assert partnership_on(state.ties, partnerships, 4) == NONE
    assert partnership_on(state.ties, partnerships, 0) == 0
    partnerships.alive[3] = 0
    assert partnership_on(state.ties, partnerships, 3) == NONE


# --- slots ----------------------------------------------------------------------------------------


def test_the_first_free_slot_is_remembered() -> None:
    table = TeacherTies(3)
    table.alive[:] = (1, 1, 0)
    assert free_slot(table) == 2
    assert table.free[0] == 2
    table.alive[2] = 1
    assert free_slot(table) == NONE
    release(table, 1)
    assert (table.alive.tolist(), table.free[0]) == ([1, 0, 1], 1)
    release(table, 2)
    assert table.free[0] == 1
    assert free_slot(table) == 1
    assert free_slot(TeacherTies(0)) == NONE


def test_columns_are_filled_and_summed_whole() -> None:
    column = np.array([1.0, 2.0, 4.0])
    assert total(column) == 7.0
    fill(column, 0.5)
    assert column.tolist() == [0.5] * 3


def test_equal_values_keep_their_order() -> None:
    """Of nine, four of them equal: more than two rounds of merging, with a rest in each."""
    values = np.array([5.0, 1.0, 3.0, 1.0, 9.0, 1.0, 0.5, 3.0, 1.0])
    assert in_order(values).tolist() == [6, 1, 3, 5, 8, 2, 7, 0, 4]
    assert in_reverse_order(values).tolist() == [4, 0, 2, 7, 1, 3, 5, 8, 6]
    for number in range(4):
        assert in_order(values[:number]).tolist() == [[], [0], [1, 0], [1, 2, 0]][number]


# --- growth ---------------------------------------------------------------------------------------


def test_tables_grow_while_less_is_free_than_in_use_or_than_a_busy_half_term_takes() -> None:
    """Of 600 in use 512 are not free enough; of 1024 with 512 in use 512 are."""
    state = state_of(2, ties=512, friends=1024, partnerships=600)
    state.ties.familiarity[:] = np.arange(512)
    state.friends.alive[:512] = 1
    state.partnerships.alive[:] = 1
    make_room(state)
    assert [len(table) for table in (state.ties, state.friends, state.partnerships)] == [512, 1024, 1200]
    state.ties.alive[0] = 1
    state.friends.alive[512] = 1
    make_room(state)
    assert [len(table) for table in (state.ties, state.friends, state.partnerships)] == [1024, 2048, 1200]
    assert state.ties.familiarity.tolist() == [*range(512), *[0] * 512]


def test_every_teacher_has_room_for_five_new_friends() -> None:
    """120 teachers: 600 rows must be free, which 512 and 1 in use are not; ties have room enough with 512."""
    state = state_of(2, 60, ties=513, friends=600, partnerships=513)
    for table in (state.ties, state.friends, state.partnerships):
        table.alive[0] = 1
    make_room(state)
    assert [len(table) for table in (state.ties, state.friends, state.partnerships)] == [513, 1200, 513]


def test_a_table_that_was_filled_is_reported() -> None:
    for name in ("ties", "friends", "partnerships"):
        state = state_of(2, ties=2, friends=2, partnerships=2)
        getattr(state, name).alive[0] = 1
        check_room(state)
        getattr(state, name).alive[1] = 1
        assert is_full(getattr(state, name))
        with pytest.raises(RuntimeError, match=name):
            check_room(state)
    assert not is_full(TeacherTies(0))


# --- time -----------------------------------------------------------------------------------------


def test_a_year_has_six_half_terms() -> None:
    clocks = [Clock((1, half_term)) for half_term in range(-6, 7)]
    assert [clock.half_term for clock in clocks if clock.year_begins] == [-6, 0, 6]
    assert [clock.half_term for clock in clocks if clock.year_ends] == [-1, 5]


def test_tables_are_as_wide_as_the_model_says() -> None:
    """Three axes of a context, sixteen pairs, ten schools to choose among, two groups of families, sixteen members."""
    state = state_of(2, networks=1, brokers=1)
    assert state.schools.context.shape == state.practices.home.shape == (2, 3)
    assert state.partnerships.giver.shape[1] == state.partnerships.learner_uid.shape[1] == 16
    assert state.market.choices.shape == state.market.miles.shape == (2, 10)
    assert state.market.cohort.shape == state.market.constant.shape == (2, 2)
    assert state.networks.member.shape == (1, 16)
    assert len(state.introductions) == 256
