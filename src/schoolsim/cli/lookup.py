"""Filters what can be looked up by topics and words, as typed after `schoolsim list levers`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from schoolsim.parameters.errors import UserError, did_you_mean

Row = TypeVar("Row", bound=Mapping[str, object])


def filtered(rows: Sequence[Row], words: Sequence[str], texts: Callable[[Row], Iterable[str]]) -> list[Row]:
    """The rows in whose texts every word stands, whole or as the beginning of one.

    Args:
        rows: What there is.
        words: As typed. Case does not matter, and neither does a plural: `brokers` finds what says `broker`.
        texts: What is said of a row: its name, label, meaning and so on.

    Raises:
        UserError: Nothing is found for one of the words, or for all of them together.
    """
    known = [(row, _stems(" ".join(texts(row)))) for row in rows]
    for word in words:
        if not any(_says(stems, word) for _, stems in known):
            hint = did_you_mean(word.lower(), sorted({stem for _, stems in known for stem in stems}))
            raise UserError(f'nothing here speaks of "{word}".{hint}')
    found = [row for row, stems in known if all(_says(stems, word) for word in words)]
    if not found:
        raise UserError(f"nothing here speaks of {' and of '.join(_quoted(words))} together: leave a word out.")
    return found


def ranked(rows: Sequence[Row], words: Iterable[str], texts: Callable[[Row], Iterable[str]]) -> list[Row]:
    """The rows in whose texts a word stands, those with most of them first; a word that stands in few counts more."""
    known = [(row, _stems(" ".join(texts(row)))) for row in rows]
    scores = [0.0] * len(known)
    for word in {word.lower() for word in words if len(word) > 3}:
        places = [place for place, (_, stems) in enumerate(known) if _says(stems, word)]
        for place in places:
            scores[place] += 1 / len(places)
    order = sorted((place for place, score in enumerate(scores) if score), key=lambda place: -scores[place])
    return [known[place][0] for place in order]


def _says(stems: frozenset[str], word: str) -> bool:
    parts = _stems(word)
    return bool(parts) and all(any(stem.startswith(part) for stem in stems) for part in parts)


def _stems(text: str) -> frozenset[str]:
    """The words of a text without the ending of a plural; names such as `broker.number` are two words."""
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") else word for word in re.findall(r"[a-z0-9]+", text.lower())
    )


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{word}"' for word in words]
