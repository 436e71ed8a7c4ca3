"""The accounts: each hour and pound is granted once and used once."""

from __future__ import annotations

import pytest

from schoolsim.system.state import Ledger
from schoolsim.system.state import ledger as accounts
from tests.system.worlds import PROGRAMME, World, made_table


def hours(**rows: float) -> Ledger:
    made = Ledger(accounts.ROWS)
    for name, value in rows.items():
        made.hours[accounts.HOURS[name]] = value
    return made


def pounds(**rows: float) -> Ledger:
    made = Ledger(accounts.ROWS)
    for name, value in rows.items():
        made.pounds[accounts.POUNDS[name]] = value
    return made


def test_hours_balance() -> None:
    even = {"granted": 10.0, "bought": 5.0, "joint": 8.0, "travel": 3.0, "arranging": 2.0, "unused": 2.0}
    assert accounts.hours_balance(hours(**even)) == 0.0
    for name in ("joint", "travel", "arranging", "unused"):
        assert accounts.hours_balance(hours(**(even | {name: even[name] + 1.0}))) == -1.0
    for name in ("granted", "bought"):
        assert accounts.hours_balance(hours(**(even | {name: even[name] + 1.0}))) == 1.0


def test_pounds_balance() -> None:
    even = {"granted": 10.0, "cover": 6.0, "home": 3.0, "returned": 1.0}
    assert accounts.pounds_balance(pounds(**even)) == 0.0
    for name in ("cover", "home", "returned"):
        assert accounts.pounds_balance(pounds(**(even | {name: even[name] + 1.0}))) == -1.0


def test_rows_are_told_apart() -> None:
    for names in (accounts.HOURS, accounts.POUNDS, accounts.COUNTS):
        assert len(set(names.values())) == len(names)
        assert max(names.values()) < accounts.ROWS
    # The row of the first mode, and three more.
    assert accounts.MODES_BEGUN > max(row for name, row in accounts.COUNTS.items() if row <= accounts.MODES_BEGUN - 1)
    assert accounts.MODES_BEGUN + 4 <= accounts.ROWS


def test_a_half_term_opens_with_empty_accounts() -> None:
    made = Ledger(accounts.ROWS)
    for account in (made.hours, made.pounds, made.counts):
        account[:] = 1.0
    accounts.open_half_term(made)
    assert not made.block.any()


@pytest.mark.parametrize("purse", ["originator", "partnership"])
def test_a_programmes_money_is_all_accounted_for_in_hours_of_cover(purse: str) -> None:
    """Cover is the hours bought at their price, and what is left is kept at home or goes back, by whose purse it is."""
    run = World(made_table(5), PROGRAMME | {"funding.purse": purse, "funding.hour": 20.0}, 5).begun()
    for _ in range(6):
        run.step()
        bought, spent = run.state.ledger.hours, run.state.ledger.pounds
        assert spent[accounts.GRANTED] == pytest.approx(run.state.partnerships.programme.sum() * 2000.0, rel=0.3)
        assert spent[accounts.COVER] == pytest.approx(20.0 * bought[accounts.BOUGHT], rel=1e-9)
        assert (spent[accounts.HOME] > 0.0) == (purse == "originator")
        assert accounts.pounds_balance(run.state.ledger) == pytest.approx(0.0, abs=1e-6)
        assert accounts.hours_balance(run.state.ledger) == pytest.approx(0.0, abs=1e-6)


def test_modes_begun_add_up_to_partnerships_begun() -> None:
    run = World(made_table(6), PROGRAMME, 6).begun()
    begun = 0.0
    for _ in range(12):
        run.step()
        counts = run.state.ledger.counts
        assert counts[accounts.MODES_BEGUN : accounts.MODES_BEGUN + 4].sum() == counts[accounts.BEGUN]
        assert counts[accounts.ACCEPTED] <= counts[accounts.APPROACHES]
        assert counts[accounts.APPROACHES_COLD] <= counts[accounts.APPROACHES]
        assert counts[accounts.DISCLOSED] <= counts[accounts.FOCUSES]
        begun += counts[accounts.BEGUN]
    assert begun > 10
