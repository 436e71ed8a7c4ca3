"""Rows of the ledger are told apart, and its sums close."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.system.state import ledger
from schoolsim.system.state.ledger import hours_balance, open_half_term, pounds_balance
from tests.system.by_hand import state_of

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
