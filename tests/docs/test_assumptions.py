"""Every assumed number was measured at its present value, and says what moves where it is wrong."""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from schoolsim.parameters import REGISTRY

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """`docs/measure_assumptions.py`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        sys.modules.pop("measure", None)
        return importlib.import_module("measure_assumptions")


def measured() -> dict[str, list[dict[str, str]]]:
    """Rows of the table by parameter."""
    found: dict[str, list[dict[str, str]]] = {}
    with (DOCS / "measured" / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["parameter"], []).append(row)
    return found


def test_every_assumed_number_was_measured_at_its_value(script: ModuleType) -> None:
    rows = measured()
    assert len(rows) > 200
    for spec in script.assumed():
        told = {(float(row["default"]), float(row["instead"])) for row in rows.get(spec.name, [])}
        wanted = {(float(spec.default), float(other)) for other in script.otherwise(spec)}
        assert told == wanted, f"{spec.name}: run `make measured`"


def test_what_stands_on_evidence_is_not_among_them(script: ModuleType) -> None:
    names = {spec.name for spec in script.assumed()}
    assert names == set(measured())
    assert not {"badging.scope", "result.mean", "setting.disadvantage"} & names
    assert all(REGISTRY[name].role != "lever" for name in names)


def test_what_is_tried_stays_within_the_range(script: ModuleType) -> None:
    for spec in script.assumed():
        low, high = spec.bounds
        others = script.otherwise(spec)
        assert others
        assert {low, high} <= {*map(float, others), float(spec.default)} or len(others) < 4
        assert all(low <= other <= high and other != spec.default for other in others)


def test_the_page_says_which_numbers_were_not_measured_and_why() -> None:
    page = (DOCS / "assumptions.md").read_text(encoding="utf-8")
    section = page.partition("### Not measured (")[2]
    numbers = {spec.name for spec in REGISTRY.values() if spec.kind in ("real", "whole") and spec.role != "lever"}
    assert numbers - set(measured()) == {name for name in numbers if f"`{name}`" in section}
    assert "`academies.change` and `academies.join` would have moved nothing in either system" in section
