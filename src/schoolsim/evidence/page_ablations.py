"""Causes of single claims on the page of evidence: what was taken out, and what became of the claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from schoolsim.evidence.patterns.ablations import UNTRIED, removals, told
from schoolsim.evidence.patterns.pattern import USES, WITHOUT, Pattern
from schoolsim.evidence.patterns.scoring import REMOVED, UNAFFECTED, WEAKENED
from schoolsim.evidence.tables import bullets, interval, number


def causes_in_brief(table: pd.DataFrame, pattern: str) -> str:
    """What became of those claims of a pattern that have causes of their own; empty if none has."""
    inside = table[table["pattern"] == pattern]
    most = {row["claim"]: row["most"] for row in removals(inside).to_dict("records")}
    # A claim that does not appear has nothing that could be removed.
    own = [one for one in dict.fromkeys(inside[inside["variant"].str.startswith(WITHOUT)]["claim"]) if one in most]
    told_of = ", ".join(f"claim {one} {most[one].partition(':')[0]}" for one in own)
    return f"by causes of their own {told_of}" if told_of else ""


def causes_of(table: pd.DataFrame, pattern: str, claim: int) -> list[str]:
    """What became of a claim without each cause of its own."""
    rows = table[(table["pattern"] == pattern) & (table["claim"] == claim) & table["variant"].str.startswith(WITHOUT)]
    return [
        f"{row['variant']} {number(row['mean'])} ({interval(row['low'], row['high'])}): {row['ablation']}"
        for row in rows.to_dict("records")
    ]


def causes_out(known: Mapping[str, Pattern], use: str) -> str:
    """What is set where a cause of a single claim is taken out."""
    lines = [
        f"{one.id}, claim {place}, {cause.variant}: "
        + ", ".join([*cause.mechanisms, *(f"`{name}` = {value}" for name, value in cause.off.items())])
        for one in known.values() if one.use == use
        for place, claim in enumerate(one.claims, 1)
        for cause in claim.causes
    ]  # fmt: skip
    return (
        "Where the mechanism's absence does not speak to a claim that appears, or does not take it away, causes of "
        "its own are taken out of that claim's cells, with the same seeds: what the source would name first, then what "
        "the model has. They were added after the scoring, in runs of their own, and can change no score. A claim that "
        "does not appear has nothing that could be removed. Taken out:\n\n" + bullets(lines)
    )


def removals_told(table: pd.DataFrame) -> Iterator[str]:
    """How many of the claims that appear a cause removes, and which have another cause than the first taken out."""
    rows = removals(table)
    count = rows["most"].value_counts()
    parts = ", ".join(
        f"{int((rows[rows['use'] == use]['most'] == REMOVED).sum())} of {int((rows['use'] == use).sum())} {use}"
        for use in USES
        if (rows["use"] == use).any()
    )
    untried = f"; for {count[UNTRIED]} nothing was taken out" if count.get(UNTRIED, 0) else ""
    yield (
        f"Of the {len(rows)} claims that appear, **{count.get(REMOVED, 0)} are removed** when what causes them is "
        f"taken out of the model ({parts}), {count.get(WEAKENED, 0)} only weakened, and {count.get(UNAFFECTED, 0)} "
        f"unaffected whatever was taken out{untried}."
    )
    level = int(rows["level"].sum())
    if level:
        yield (
            f"{level} of those removed are 0 in every seed then: nothing is left by which their cells could differ, "
            "which shows that they hang on what was taken out, and little of how."
        )
    other = rows[rows["first"].isin((UNAFFECTED, WEAKENED))]
    if len(other):
        yield (
            f"{len(other)} claims appear, but **are unaffected, or only weakened, without what should cause "
            "them**, so that the model shows them for another reason, or for more than one:"
            + "".join(
                f"\n    - {row['pattern']} claim {row['claim']} {told(row['tried'])}."
                for row in other.to_dict("records")
            )
        )
