"""Trusts and federations of establishments, from the register and from lists of members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolsim.populations.array_types import ObjectArray
from schoolsim.populations.official.dates import iso, read_date
from schoolsim.populations.official.establishments import Establishments
from schoolsim.populations.official.file_kinds import GROUP_LINKS, GROUPS
from schoolsim.populations.official.source_files import SourceFile


@dataclass(frozen=True)
class Memberships:
    """Trust and federation of each establishment; blank where it is in none.

    Args:
        trust_code: Number of the trust.
        trust_name: Its name.
        trust_type: "Multi-academy trust", "Single-academy trust" ...
        trust_joined_on: Day of joining, ISO.
        federation_code: Number of the federation.
        federation_name: Its name.
        notes: Sentences on groups not read.
    """

    trust_code: ObjectArray
    trust_name: ObjectArray
    trust_type: ObjectArray
    trust_joined_on: ObjectArray
    federation_code: ObjectArray
    federation_name: ObjectArray
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Member:
    code: str
    name: str
    type: str
    joined_on: str


def read_memberships(establishments: Establishments) -> Memberships:
    """Read the trust and the federation of each establishment.

    Lists of members decide where there are any; else the register's own columns. Of several trusts, the one joined
    last counts. Members that left, and groups that closed, are passed over.
    """
    trusts: dict[int, _Member] = {}
    federations: dict[int, _Member] = {}
    passed: dict[str, int] = {}
    for file in establishments.files:
        if file.kind is GROUP_LINKS:
            _read_members(file, trusts, federations, passed)
    columns = {
        name: establishments.text(name)
        for name in (
            "trust_code", "trust_name", "trust_type", "trust_joined_on", "federation_code", "federation_name",
        )
    }  # fmt: skip
    columns["trust_joined_on"][:] = [iso(text) for text in columns["trust_joined_on"]]
    types = _types_of_groups(establishments.files)
    for row, urn in enumerate(establishments.urn.tolist()):
        if trust := trusts.get(urn):
            for name, value in zip(
                ("trust_code", "trust_name", "trust_type", "trust_joined_on"),
                (trust.code, trust.name, trust.type, trust.joined_on),
                strict=True,
            ):
                columns[name][row] = value
        elif (code := columns["trust_code"][row]) in types:
            columns["trust_type"][row] = types[code]
        if federation := federations.get(urn):
            columns["federation_code"][row], columns["federation_name"][row] = federation.code, federation.name
    notes: tuple[str, ...] = ()
    if passed:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(passed.items()))
        notes = (f"Memberships that make no trust or federation were not read: {counts}.",)
    return Memberships(**columns, notes=notes)


def _read_members(
    file: SourceFile, trusts: dict[int, _Member], federations: dict[int, _Member], passed: dict[str, int]
) -> None:
    blank = [""] * len(file.urn)

    def column(name: str) -> list[str]:
        return file.cells.get(name, blank)

    for urn, code, name, kind, status, closed_on, joined_on, left_on in zip(
        file.urn.tolist(), column("group_uid"), column("group_name"), column("group_type"), column("group_status"),
        column("group_closed_on"), column("joined_on"), column("left_on"), strict=True,
    ):  # fmt: skip
        word = kind.casefold()
        over = read_date(left_on) or read_date(closed_on) or (status and not status.casefold().startswith("open"))
        group = trusts if "academy trust" in word else federations if word == "federation" else None
        if group is None or over:
            reason = "left or closed" if over else kind or "blank"
            passed[reason] = passed.get(reason, 0) + 1
            continue
        member = _Member(code, name, kind, iso(joined_on))
        before = group.get(urn)
        if before is None or (member.joined_on, member.code) > (before.joined_on, before.code):
            group[urn] = member


def _types_of_groups(files: Sequence[SourceFile]) -> dict[str, str]:
    types: dict[str, str] = {}
    for file in files:
        if file.kind is GROUPS:
            types.update(zip(file.cells["group_uid"], file.cells["group_type"], strict=True))
    return types
