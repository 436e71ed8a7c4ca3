"""Finding what speaks of a topic or a word."""

from __future__ import annotations

import pytest

from schoolsim.cli.lookup import filtered, ranked
from schoolsim.parameters.errors import UserError

ROWS = [
    {"name": "broker.number", "meaning": "Brokers who bring schools together."},
    {"name": "broker.judges", "meaning": "Whether brokers judge."},
    {"name": "badging.scope", "meaning": "Who carries the badge."},
    {"name": "internal_broker.share", "meaning": "Schools with somebody who knows."},
]


def names(rows: list[dict[str, str]]) -> list[str]:
    return [row["name"] for row in rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["broker"], [0, 1, 3]),
        (["Brokers"], [0, 1, 3]),
        (["brokers", "judging"], [1]),
        (["brokers", "funding"], []),
        (["badges"], [2]),
        (["Brokering"], [0, 1, 3]),
        (["brokers", "judge"], [1]),
        (["badg"], [2]),
        (["broker.number"], [0]),
        (["school", "together"], [0]),
    ],
)
def test_words_choose(words: list[str], found: list[int]) -> None:
    if found:
        assert names(filtered(ROWS, words, dict.values)) == [ROWS[place]["name"] for place in found]
    else:
        with pytest.raises(UserError, match='nothing here speaks of "funding"'):
            filtered(ROWS, words, dict.values)


def test_what_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(UserError, match='nothing here speaks of "brokr". Did you mean "broker"'):
        filtered(ROWS, ["brokr"], dict.values)
    with pytest.raises(UserError, match='speaks of "judge" and of "badge" together: leave a word out'):
        filtered(ROWS, ["judge", "badge"], dict.values)
    with pytest.raises(UserError, match="nothing here speaks of"):
        filtered(ROWS, ["--"], dict.values)


def test_a_question_ranks_what_it_speaks_of() -> None:
    question = "Do brokers who judge help schools?".split()
    assert names(ranked(ROWS, question, dict.values)) == ["broker.judges", "broker.number", "internal_broker.share"]
    assert ranked(ROWS, ["of", "the"], dict.values) == []
