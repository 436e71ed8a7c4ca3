"""Says in plain words what a map shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from schoolsim.mapping.network_map import NetworkMap

NAMED: Final = 5  # of each list


def told(mapped: NetworkMap) -> list[str]:
    """A paragraph a subject: size, hubs, brokers, groups and holes, the isolated, introductions."""
    one = mapped.of.removesuffix("s")
    lines = [_size(mapped)]
    if mapped.graph.ecount():
        lines += [_hubs(mapped, one), _brokers(mapped), _spanning(mapped), _holes(mapped)]
    lines.append(_isolated(mapped, one))
    if mapped.graph.ecount():
        lines.append(_introductions(mapped))
    return [line for line in lines if line] + list(mapped.notes)


def _size(mapped: NetworkMap) -> str:
    ties = mapped.graph.ecount()
    median = int(mapped.nodes["ties"].median()) if len(mapped.nodes) else 0
    return (
        f"{_count(len(mapped.nodes), mapped.of.removesuffix('s'))} and {_count(ties, 'tie')} between them; half have "
        f"{_count(median, 'tie')} or fewer. A tie's strength is {mapped.strength}."
    )


def _hubs(mapped: NetworkMap, one: str) -> str:
    rows = mapped.hubs.head(NAMED)
    named = [f"{row['name']} ({_count(row['ties'], 'tie')})" for _, row in rows.iterrows()]
    return f"Hubs, the best connected, on whose relations a broker could build: {_list(named)}."


def _brokers(mapped: NetworkMap) -> str:
    rows = mapped.brokers.head(NAMED)
    if rows.empty:
        return "Brokers: nobody links one group to another."
    named = [
        f"{row['name']} ({100 * row['betweenness']:.0f}% of the shortest paths between others; ties with "
        f"{_count(row['other_groups'], 'other group')})"
        for _, row in rows.iterrows()
    ]
    return f"Brokers between groups, through whom others reach one another: {_list(named)}."


def _spanning(mapped: NetworkMap) -> str:
    rows = mapped.nodes[mapped.nodes["ties"] > 1].sort_values(["constraint", "id"]).head(NAMED)
    if rows.empty:
        return ""
    named = [f"{row['name']} ({row['constraint']:.2f})" for _, row in rows.iterrows()]
    return (
        "Spanning holes, with contacts who least know one another (Burt's constraint; 1 has one contact, and near 0 is "
        f"many who are strangers to one another): {_list(named)}."
    )


def _holes(mapped: NetworkMap) -> str:
    groups = mapped.groups
    if len(groups) < 2:
        return "Groups: all who have ties are one group."
    sizes = [f"{row['group']} {row['name']} ({row['members']})" for _, row in groups.head(2 * NAMED).iterrows()]
    more = len(groups) - 2 * NAMED
    text = f"Groups: {_list(sizes)}{f', and {more} smaller ones' if more > 0 else ''}."
    if mapped.holes.empty:
        return text
    widest = [
        f"{int(row['first'])} and {int(row['second'])} ({_count(int(row['ties']), 'tie')}, by chance "
        f"{row['expected']:.0f})"
        for _, row in mapped.holes.head(NAMED).iterrows()
    ]
    return f"{text} Holes, where there are fewest ties for the groups' size: between {'; '.join(widest)}."


def _isolated(mapped: NetworkMap, one: str) -> str:
    alone, total = mapped.isolated, len(mapped.nodes)
    if alone.empty:
        text = f"Isolated: no {one} is without a tie."
    else:
        names = list(alone["name"].head(NAMED))
        more = len(alone) - len(names)
        listed = _list([*names, f"{more} more"] if more else names)
        text = f"Isolated, without any tie: {len(alone)} of {_count(total, one)}: {listed}."
    largest = mapped.nodes["reachable"].max() if total else 0
    apart = mapped.nodes[(mapped.nodes["ties"] > 0) & (mapped.nodes["reachable"] < largest)]
    if not apart.empty:
        names = list(apart["name"].head(NAMED))
        more = len(apart) - len(names)
        listed = _list([*names, f"{more} more"] if more else names)
        text += f" Cut off from the largest part, though they have ties: {listed}."
    return text


def _introductions(mapped: NetworkMap) -> str:
    rows = first_introductions(mapped, NAMED)
    if rows.empty:
        return "Introductions: no two of different groups without a tie have a third in common."
    names = dict(zip(mapped.nodes["id"], mapped.nodes["name"], strict=True))
    named = [
        f"{names[row['introducer']]} could introduce {names[row['first']]} to {names[row['second']]}" + _apart(row)
        for _, row in rows.iterrows()
    ]
    return (
        "Introductions across groups, those first that would relieve the two most of depending on contacts who know "
        f"one another, nobody named twice: {'; '.join(named)}."
    )


def first_introductions(mapped: NetworkMap, most: int) -> pd.DataFrame:
    """The best introductions in which nobody is introduced twice."""
    chosen, introduced = [], set[str]()
    for place, row in mapped.introductions.iterrows():
        if not {row["first"], row["second"]} & introduced:
            chosen.append(place)
            introduced |= {row["first"], row["second"]}
    return mapped.introductions.loc[chosen[:most]]


def _apart(row: pd.Series) -> str:
    miles = "" if pd.isna(row["miles"]) else f"{row['miles']:.1f} miles apart; "
    return f" ({miles}constraint falls by {row['constraint_relieved']:.2f})"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else word + 's'}"


def _list(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
