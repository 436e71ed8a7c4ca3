"""`[[figures]]` are checked before the first run: options, levers, outcomes, and what they need of the design."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from schoolsim.config import config_from_mapping, list_configs, load_config
from schoolsim.figures.checks import figure_issues

STUDY = {
    "levers": {"badging.scope": ["none", "collective"]},
    "linked": [{
        "name": "money", "levels": ["little", "much"], "parameters": ["funding.years", "funding.per_partnership"],
        "values": [[1, 1000.0], [2, 9000.0]],
    }],
}  # fmt: skip


def wrong(*figures: Mapping[str, object], **changes: object) -> list[tuple[tuple[object, ...], str]]:
    config = config_from_mapping({**STUDY, **changes, "figures": list(figures)})
    return [(issue.path, issue.message) for issue in figure_issues(config)]


WRONG = {
    "an option": ({"kind": "contrast", "colour": "red"}, "colour", 'has no option "colour"'),
    "a value of one": ({"kind": "contrast", "confidence": 2.0}, "confidence", "less than 1"),
    "a lever": ({"kind": "contrast", "lever": "badging.scop"}, "lever", 'Did you mean "badging.scope"?'),
    "panels": ({"kind": "contrast", "panels": "market.choice_weight"}, "panels", "does not vary"),
    "a part of a factor": ({"kind": "contrast", "lever": "funding.years"}, "lever", "It varies badging.scope, money."),
    "a baseline": ({"kind": "contrast", "lever": "badging.scope", "baseline": "individual"}, "baseline", "no level"),
    "an outcome": ({"kind": "series", "outcomes": ["trust.maen"]}, "outcomes", 'Did you mean "trust.mean"?'),
    "a direction": ({"kind": "regret", "outcomes": ["trust.mean:up"]}, "outcomes", 'must end in ":max" or ":min"'),
    "a sample": ({"kind": "sensitivity"}, "kind", 'needs [design] kind = "saltelli" or "morris"'),
    "a bound": ({"kind": "boxes", "outcomes": ["trust.mean"]}, "kind", "needs a bound"),
    "one outcome": ({"kind": "boxes", "at_least": 1.0}, "kind", "is of one outcome"),
    "two outcomes": ({"kind": "pareto", "outcomes": ["trust.mean"]}, "kind", "is of two outcomes"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_its_key(name: str) -> None:
    figure, key, says = WRONG[name]
    ((path, message),) = wrong(figure)
    assert path[:3] == ("figures", 0, key)
    assert says in message


def test_what_is_right_is_not() -> None:
    assert wrong(
        {"kind": "contrast", "lever": "money", "baseline": "much", "name": "a"},
        {"kind": "series", "lever": "funding.years", "name": "b"},
        {"kind": "pareto", "outcomes": ["pounds.granted:min", "trust.mean"]},
    ) == []  # fmt: skip


def test_two_of_one_name_and_nothing_to_compare() -> None:
    ((path, message),) = wrong({"kind": "contrast", "name": "a"}, {"kind": "series", "name": "a"})
    assert path == ("figures", 1, "name")
    assert "two [[figures]]" in message
    nothing = config_from_mapping({"figures": [{"kind": "contrast"}]})
    assert ["varies nothing" in issue.message for issue in figure_issues(nothing)] == [True]


def test_shipped_studies_ask_for_what_can_be_drawn() -> None:
    for entry in list_configs("studies"):
        assert list(figure_issues(load_config(entry.name))) == []
