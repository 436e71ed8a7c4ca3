"""Follows predecessors and successors: a school that became an academy keeps its pupils, results and staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from schoolsim.populations.array_types import BoolArray, Int64Array
from schoolsim.populations.official.dates import iso
from schoolsim.populations.official.establishments import PREDECESSOR, Figure
from schoolsim.populations.official.file_kinds import LINKS
from schoolsim.populations.official.source_files import SourceFile

PLAIN, MERGED, SPLIT = "plain", "merged", "split"
# A chain of predecessors longer than this is a fault of the links.
_LONGEST_CHAIN: Final = 12


@dataclass(frozen=True)
class Succession:
    """Which establishment followed which.

    Args:
        predecessors: URN of a successor -> URNs that it followed, ascending.
        successors: URN of a predecessor -> URNs that followed it, ascending.
        kinds: (predecessor, successor) -> `PLAIN`, `MERGED` or `SPLIT`.
        names: URN -> name in the links, for establishments that no other file lists.
        dates: (predecessor, successor) -> day of the change, ISO, or blank.
        notes: Sentences on links not followed.
    """

    predecessors: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    successors: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    kinds: Mapping[tuple[int, int], str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    dates: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """How a figure passes from predecessors to their successor.

    Args:
        merged: What several predecessors make: "sum", "mean" (weighted by roll), or "" (nothing).
    """

    merged: str


def read_succession(files: Sequence[SourceFile]) -> Succession:
    """Read who followed whom, from links of either direction."""
    kinds: dict[tuple[int, int], str] = {}
    names: dict[int, str] = {}
    dates: dict[tuple[int, int], str] = {}
    ignored: dict[str, int] = {}
    for file in files:
        if file.kind is not LINKS:
            continue
        linked = file.cells["link_urn"]
        blank = [""] * len(linked)
        for urn, link_urn, link_type, link_name, linked_on in zip(
            file.urn.tolist(), linked, file.cells["link_type"], file.cells.get("link_name", blank),
            file.cells.get("linked_on", blank), strict=True,
        ):  # fmt: skip
            linked_urn = int(link_urn) if link_urn.isdecimal() and len(link_urn) < 10 else 0
            pair, kind = _pair(urn, linked_urn, link_type)
            if pair is None or not urn or not linked_urn or urn == linked_urn:
                ignored[link_type or "blank"] = ignored.get(link_type or "blank", 0) + 1
                continue
            kinds[pair] = max(kinds.get(pair, PLAIN), kind, key=(PLAIN, MERGED, SPLIT).index)
            dates[pair] = dates.get(pair) or iso(linked_on)
            names.setdefault(linked_urn, link_name)
    predecessors: dict[int, list[int]] = {}
    successors: dict[int, list[int]] = {}
    for before, after in sorted(kinds):
        predecessors.setdefault(after, []).append(before)
        successors.setdefault(before, []).append(after)
    notes: tuple[str, ...] = ()
    if ignored:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(ignored.items()))
        notes = (f"Links that tell of no succession were not followed: {counts}.",)
    return Succession(
        {urn: tuple(before) for urn, before in predecessors.items()},
        {urn: tuple(after) for urn, after in successors.items()},
        kinds, names, dates, notes,
    )  # fmt: skip


def _pair(urn: int, linked_urn: int, link_type: str) -> tuple[tuple[int, int] | None, str]:
    """(predecessor, successor) of a link, and how the one became the other; None where it tells of neither."""
    word = link_type.casefold()
    kind = SPLIT if "split" in word else MERGED if "merge" in word or "amalgam" in word else PLAIN
    if word.startswith("predecessor"):
        return (linked_urn, urn), kind
    if word.startswith("successor") or word.startswith("result of amalgamation"):
        return (urn, linked_urn), kind
    return None, kind


def inherit(
    figures: Mapping[str, Figure], rules: Mapping[str, Rule], urn: Int64Array, shut: BoolArray, succession: Succession
) -> dict[int, tuple[int, ...]]:
    """Give successors without a figure that of the schools they followed.

    One predecessor passes everything on; several pass on sums of what is counted and means, weighted by roll, of
    shares and results, each only if all of them have it. Nothing passes from a predecessor that is still open, that
    was split, or that no file lists.

    Args:
        figures: Figures by name, changed in place; among them `roll`.
        rules: How each passes on.
        urn: URN of each row.
        shut: Whether the establishment in each row has closed.
        succession: Who followed whom.

    Returns:
        Row of each successor that was given something -> the URNs that gave it.
    """
    row = {number: place for place, number in enumerate(urn.tolist())}
    givers: dict[int, tuple[int, ...]] = {}
    waiting = [after for after in succession.predecessors if after in row]
    for _ in range(_LONGEST_CHAIN):
        changed = False
        for after in waiting:
            before = succession.predecessors[after]
            if not _passes(after, before, row, shut, succession):
                continue
            rows = np.array([row[number] for number in before])
            for name, rule in rules.items():
                if _give(figures, name, rule, row[after], rows, before):
                    givers[row[after]] = before
                    changed = True
        if not changed:
            break
    return givers


def _passes(
    after: int, before: tuple[int, ...], row: Mapping[int, int], shut: BoolArray, succession: Succession
) -> bool:
    return all(
        number in row
        and shut[row[number]]
        and succession.successors[number] == (after,)
        and succession.kinds[number, after] != SPLIT
        for number in before
    )


def _give(
    figures: Mapping[str, Figure], name: str, rule: Rule, after: int, rows: Int64Array, before: tuple[int, ...]
) -> bool:
    figure = figures[name]
    if figure.known[after] or not figure.known[rows].all():
        return False
    if len(rows) == 1:
        figure.value[after], figure.small[after] = figure.value[rows[0]], figure.small[rows[0]]
    elif rule.merged == "sum" and np.isfinite(figure.value[rows]).all():
        figure.value[after] = figure.value[rows].sum()
    elif rule.merged == "mean" and np.isfinite(figure.value[rows]).all() and (figures["roll"].value[rows] > 0).all():
        figure.value[after] = np.average(figure.value[rows], weights=figures["roll"].value[rows])
    else:
        return False
    sources = " + ".join(dict.fromkeys(str(source) for source in figure.source[rows]))
    word = "predecessor" if len(before) == 1 else "predecessors"
    figure.source[after] = f"{sources} of {word} {', '.join(map(str, before))}"
    figure.basis[after] = PREDECESSOR
    return True
