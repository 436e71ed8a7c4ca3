"""Errors that users cause, each with one message that says how to correct it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """A mistake in the user's input; `str(error)` is all they need to see."""


class ParameterError(UserError):
    """A parameter that does not exist, or a value it may not take."""


class ConfigError(UserError):
    """A config file that cannot be found, read or understood."""


LONGEST_WORD = 200
"""Characters of the longest word that is compared with names; none is nearly as long."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like `word`, or None when nothing comes close.

    The part after the last dot or slash must be alike too, so that `badging.money` does not
    find `badging.scope`; alone it is enough, so that `choice_weight` finds
    `market.choice_weight`.
    """
    names = list(known)
    if len(word) > LONGEST_WORD:
        return None
    folded = {name.lower(): name for name in names}
    for close in difflib.get_close_matches(word.lower(), folded, n=5, cutoff=0.6):
        if difflib.SequenceMatcher(None, _tail(close), _tail(word.lower())).ratio() >= 0.5:
            return folded[close]
    tails = {_tail(name.lower()): name for name in names}
    ends = difflib.get_close_matches(_tail(word.lower()), tails, n=1, cutoff=0.75)
    return tails[ends[0]] if ends else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean "x"?` with a leading space, or nothing when no name is near."""
    name = nearest(word, known)
    return "" if name is None else f' Did you mean "{name}"?'


def _tail(name: str) -> str:
    return name.replace("/", ".").rpartition(".")[2]
