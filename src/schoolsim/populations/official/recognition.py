"""Recognises official files by the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from schoolsim.parameters.errors import nearest
from schoolsim.populations.official.file_kinds import KINDS, REGISTER, FileKind

_PERSONAL: Final = re.compile(
    r"head ?(title|first|last|preferred|honours|email|of group|teacher)|headteacher|principal|chair|contact|"
    r"tele?phone|telnum|e-?mail|accounting officer|chief executive|governor",
    re.IGNORECASE,
)


#: Names that the columns of the two ends of a tie may have, best first.
TIE_ENDS: Final = (
    ("from", "to"), ("source", "target"), ("sender", "receiver"), ("ego", "alter"), ("respondent", "nominee"),
    ("nominator", "nominated"), ("from_urn", "to_urn"), ("urn", "link_urn"), ("urn1", "urn2"), ("urn_a", "urn_b"),
    ("school1", "school2"), ("school_a", "school_b"), ("from_teacher", "to_teacher"), ("teacher1", "teacher2"),
)  # fmt: skip


def words_of(name: str) -> set[str]:
    """The words of a name, without case: what two spellings of one authority share."""
    return set(re.findall(r"[^\W_]+", name.casefold()))


def canonical(name: str) -> str:
    """A column's name as it is compared: letters, digits, % and £ only, without case."""
    return re.sub(r"[^0-9a-z%£]", "", name.casefold())


def positions(header: Sequence[str], kind: FileKind) -> dict[str, int]:
    """Position of the best column of each field that the header has."""
    place = _places(header)
    position_of = {}
    for field, names in kind.columns.items():
        position = next((place[key] for key in map(canonical, names) if key in place), None)
        if position is not None:
            position_of[field] = position
    return position_of


def recognise(header: Sequence[str]) -> FileKind | None:
    """The kind of file that has these columns, or None."""
    place = _places(header)
    for kind in KINDS:
        if all(_has(place, group) for group in kind.signature):
            return kind
    return None


def missing_columns(header: Sequence[str], kind: FileKind) -> str:
    """The columns that a file of this kind lacks, with the nearest name it has: `"A" (there is "B"), "C"`."""
    place = _places(header)
    missing = [group[0] for group in kind.signature if not _has(place, group)]
    return describe_missing(missing, header)


def describe_missing(missing: Sequence[str], header: Sequence[str]) -> str:
    """Names of missing columns, each with the nearest name of the header."""
    near = {name: nearest(name, header) for name in missing}
    return ", ".join(f'"{name}"' + (f' (there is "{like}")' if like else "") for name, like in near.items())


def likeliest(header: Sequence[str]) -> FileKind | None:
    """The kind whose signature these columns come nearest to, the register where several are as near.

    None where they have nothing of any kind but a URN.
    """
    place = _places(header)

    def share(kind: FileKind) -> float:
        return sum(_has(place, group) for group in kind.signature if not _is_urn(group)) / len(kind.signature)

    known = {canonical(name) for names in REGISTER.columns.values() for name in names}
    if sum(key in known for key in place) >= 5:
        return REGISTER
    best = max((REGISTER, *KINDS), key=share)
    return best if share(best) > 0 else None


def may_be_ties(header: Sequence[str]) -> bool:
    """Whether two of the columns are called as the ends of ties are."""
    place = _places(header)
    return any(_has(place, (first,)) and _has(place, (second,)) for first, second in TIE_ENDS)


def personal_columns(header: Sequence[str]) -> list[str]:
    """Columns about persons: names of heads, telephone numbers and the like. None of them is ever read."""
    return [name for name in header if _PERSONAL.match(name.strip())]


def _places(header: Sequence[str]) -> dict[str, int]:
    return {canonical(name): position for position, name in reversed(list(enumerate(header)))}


def _is_urn(group: Sequence[str]) -> bool:
    return any(canonical(name) in ("urn", "schoolurn") for name in group)


def _has(place: Mapping[str, int], names: Sequence[str]) -> bool:
    return any(canonical(name) in place for name in names)
