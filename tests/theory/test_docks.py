"""Every dock: quick where it takes seconds, in full where it takes minutes. Run by `make test-all`."""

from __future__ import annotations

import pytest

from schoolsim.evidence.verification import DOCKS, dock

pytestmark = [pytest.mark.theory, pytest.mark.slow]

#: Quantities that cannot honestly go through the engine; the list must not grow unseen.
NOT_DOCKED = {"deferred acceptance, stability (no blocking pair)"}


def _check(name: str, *, quick: bool) -> None:
    table = dock([name], quick=quick)
    assert len(table)
    wrong = table[table["verdict"] == "differs"]
    assert wrong.empty, wrong[["quantity", "ours", "theirs", "tolerance"]].to_string()
    assert set(table.loc[table["verdict"] == "not docked", "quantity"]) <= NOT_DOCKED


@pytest.mark.parametrize("name", list(DOCKS))
def test_every_dock_agrees_in_small(name: str) -> None:
    _check(name, quick=True)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", list(DOCKS))
def test_every_dock_agrees_in_full(name: str) -> None:
    _check(name, quick=False)
