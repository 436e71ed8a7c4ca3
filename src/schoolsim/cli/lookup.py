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
        words: As typed. Case does not matter, and neither does an ending: `brokers` finds what says `brokering`.
        texts: What is said of a row: its name, label, meaning and so on.

    Raises:
        UserError: Nothing is found for one of the words, or for all of them together.
    """
    known = [(row, _stems(" ".join(texts(row)))) for row in rows]
    for word in words:
        if not any(_says(stems, word) for _, stems in known):
            spoken = {one for row in rows for text in texts(row) for one in re.findall(r"[a-z0-9]+", text.lower())}
            hint = did_you_mean(word.lower(), sorted(spoken))
            raise UserError(f'nothing here speaks of "{word}".{hint}')
    found = [row for row, stems in known if all(_says(stems, word) for word in words)]
    if not found:
        raise UserError(f"nothing here speaks of {' and of '.join(_quoted(words))} together: leave a word out.")
    return found


def ranked(rows: Sequence[Row], words: Iterable[str], texts: Callable[[Row], Iterable[str]]) -> list[Row]:
    """The rows in whose texts a word stands, best first.

    A word that stands in few rows counts more than one that stands in many, and what a question says first more than
    what follows; of two rows that are as good, the one with the very word comes first, then the one that says less
    besides.

    Args:
        rows: What there is.
        words: In the order of the question.
        texts: What is said of a row.
    """
    known = [(row, " ".join(texts(row)).lower()) for row in rows]
    stems = [_stems(text) for _, text in known]
    scores, exact = [0.0] * len(known), [0] * len(known)
    for position, word in enumerate(dict.fromkeys(word.lower() for word in words if len(word) > 3)):
        places = [place for place, found in enumerate(stems) if _says(found, word)]
        for place in places:
            scores[place] += LATER**position / len(places)
            exact[place] += (
                re.search(rf"\b{re.escape(word.removesuffix('s'))}s?\b", known[place][1].lower()) is not None
            )
    places = [place for place, score in enumerate(scores) if score]
    places.sort(key=lambda place: (-round(scores[place], 9), -exact[place], len(stems[place])))
    return [known[place][0] for place in places]


LATER = 0.85
"""What a word counts of what the word before it counts."""


def speaks(text: str, word: str) -> bool:
    """Whether a word stands in a text, whatever its ending."""
    return _says(_stems(text), word)


def _says(stems: frozenset[str], word: str) -> bool:
    parts = _stems(word)
    return bool(parts) and all(any(stem.startswith(part) for stem in stems) for part in parts)


ENDING = re.compile(r"(?<=\w{4})(ing|ies|ed|es|s|e|y)$")
"""Endings that are taken off a word of five letters or more: what is left begins all its forms."""


def _stems(text: str) -> frozenset[str]:
    """The words of a text without their endings; a name such as `broker.number` is two words."""
    return frozenset(ENDING.sub("", word) for word in re.findall(r"[a-z0-9]+", text.lower()))


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{word}"' for word in words]
