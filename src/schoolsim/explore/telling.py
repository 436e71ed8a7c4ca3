"""Tells the story so far of whoever was clicked, and whom one can go on to from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from schoolsim.explore.side import Side
from schoolsim.parameters.errors import UserError
from schoolsim.stories import chapters, names

Group = tuple[str, list[dict[str, str]]]
"""What those one can go on to have in common, and who they are."""

NOTHING_YET: Final = "Nothing has happened yet. Press Step or Play."


@dataclass(frozen=True)
class Selected:
    """Whose story is open.

    Args:
        kind: Of story: "school", "teacher", "partnership", "broker" or "network".
        number: By which it is told; of a school its URN.
        side: The scenario in which it was clicked.
    """

    kind: str
    number: int
    side: str


def story_so_far(side: Side, selected: Selected) -> dict[str, Any]:
    """A story as the page shows it.

    Returns:
        `title`; `chapters`, each with `when` and `sentences`; `note`, where there is nothing to tell yet or there is no
        such one in this scenario; and `links`, groups of those one can go on to (`title`, `items` with `kind`, `number`
        and `label`).
    """
    story: dict[str, Any] = {"title": "", "chapters": [], "note": "", "links": _links(side, selected)}
    if side.half_term <= 0:
        return story | {"title": _title_before(side, selected), "note": NOTHING_YET}
    watch = side.watches[selected.kind]
    try:
        number = watch.pick(selected.number)
    except UserError as error:
        text = str(error).replace("in this run", "in this scenario")
        return story | {"note": f"{text[:1].upper()}{text[1:]}"}
    happened = chapters(watch.tell(number))
    return story | {
        "title": watch.title(number),
        "chapters": [{"when": one.when, "sentences": list(one.sentences)} for one in happened],
    }


def brokers_and_networks(side: Side) -> dict[str, list[dict[str, str]]]:
    """Whom the map does not show and who can be clicked in lists: the brokers and the networks."""
    state = side.state
    return {
        "broker": [_item("broker", row + 1, f"Broker {row + 1}") for row in range(len(state.brokers))],
        "network": [
            _item("network", int(row) + 1, f"Network {int(row) + 1}")
            for row in np.flatnonzero(state.networks.alive == 1)
        ],
    }


def _item(kind: str, number: int, label: str) -> dict[str, str]:
    # As text: a partnership's number has more digits than a number in a browser.
    return {"kind": kind, "number": str(number), "label": label}


def _title_before(side: Side, selected: Selected) -> str:
    row = _row_of(side, selected.number) if selected.kind == "school" else -1
    return names.school(side.state, row) if row >= 0 else f"{selected.kind.capitalize()} {selected.number}"


def _row_of(side: Side, urn: int) -> int:
    found = np.flatnonzero(side.state.schools.uid == urn)
    return int(found[0]) if len(found) else -1


def _links(side: Side, selected: Selected) -> list[dict[str, Any]]:
    if selected.kind not in _LINKS:
        return []
    groups = _LINKS[selected.kind](side, selected.number)
    return [{"title": title, "items": items} for title, items in groups if items]


def _of_school(side: Side, urn: int) -> Iterator[Group]:
    row, state = _row_of(side, urn), side.state
    if row < 0:
        return
    table = state.partnerships
    alive = table.alive == 1
    slots = np.flatnonzero(alive & ((table.originator == row) | (table.partner == row)))
    items = []
    for slot in slots:
        other = int(table.partner[slot]) if table.originator[slot] == row else int(table.originator[slot])
        items.append(_item("partnership", int(table.uid[slot]), f"with {names.school(state, other)}"))
    yield "Its partnerships now", items
    posts = np.arange(int(state.schools.first[row]), int(state.schools.past[row]))
    pairs = state.teachers.pairs[posts]
    order = posts[np.argsort(-pairs, kind="stable")]
    yield "Its teachers, those in joint work first", [_teacher(side, int(post)) for post in order]


def _teacher(side: Side, post: int) -> dict[str, str]:
    teachers = side.state.teachers
    uid = int(teachers.uid[post])
    working = ", in joint work" if teachers.pairs[post] > 0 else ""
    return _item("teacher", uid, f"{names.person(uid)}, {names.role(int(teachers.role[post]))}{working}")


def _of_partnership(side: Side, uid: int) -> Iterator[Group]:
    state, table = side.state, side.state.partnerships
    for slot in np.flatnonzero((table.uid == uid) & (table.alive == 1)):
        ends = (int(table.originator[slot]), int(table.partner[slot]))
        yield "The two schools", [_school(side, row) for row in ends]
        people = []
        for column in (table.giver_uid[slot], table.learner_uid[slot]):
            people += [names.post_of(state, int(one)) for one in column if one > 0]
        yield "Its teachers", [_teacher(side, post) for post in dict.fromkeys(people) if post >= 0]


def _school(side: Side, row: int) -> dict[str, str]:
    return _item("school", int(side.state.schools.uid[row]), names.school(side.state, row))


def _of_teacher(side: Side, uid: int) -> Iterator[Group]:
    post = names.post_of(side.state, uid)
    if post >= 0:
        yield "Their school", [_school(side, int(side.state.teachers.school[post]))]


def _of_network(side: Side, number: int) -> Iterator[Group]:
    networks = side.state.networks
    if 0 < number <= len(networks):
        members = networks.member[number - 1, : int(networks.members[number - 1])]
        yield "Its members", [_school(side, int(row)) for row in members]


_LINKS: Final[Mapping[str, Callable[[Side, int], Iterator[Group]]]] = {
    "school": _of_school, "partnership": _of_partnership, "teacher": _of_teacher, "network": _of_network,
}  # fmt: skip
