"""Patterns on the page of evidence."""

from __future__ import annotations

import pandas as pd

from schoolsim.evidence.page_ablations import causes_in_brief, causes_of, causes_out
from schoolsim.evidence.patterns.catalogue import read_patterns
from schoolsim.evidence.patterns.pattern import ABLATED, CALIBRATION, DEVELOPMENT, HOLD_OUT, WITHOUT, Pattern
from schoolsim.evidence.patterns.report import verdicts
from schoolsim.evidence.patterns.runner import NOT_EXPRESSED
from schoolsim.evidence.patterns.scoring import APPEARS
from schoolsim.evidence.runs.experiment import AS_IS
from schoolsim.evidence.tables import interval, markdown, number

_HEADS = {
    HOLD_OUT: (
        "## Findings that nobody had seen when the model was frozen\n\nScored once with the calibrated sample; nothing "
        "is changed afterwards, and what fails stays failed. Only these scores test the model."
    ),
    DEVELOPMENT: (
        "## Findings that were known while the model was made\n\nTheir scores under version 0.1 were known to whoever "
        "made the present forms, so that they say how well the model can hold together what the sources say, and do "
        "not test it. `schoolsim validate` makes the table again."
    ),
    CALIBRATION: ("## Findings that parameters may be chosen by\n\nThey count for least."),
}


def pattern_part(table: pd.DataFrame, use: str) -> str:
    """The patterns of one use: a line each, then every claim."""
    scored = verdicts(table)
    scored = scored[scored["use"] == use]
    if scored.empty:
        return f"{_HEADS[use]}\n\nThere are none yet."
    known = {pattern.id: pattern for pattern in read_patterns()}
    lines = [
        (
            row["pattern"],
            known[row["pattern"]].statement + f" ({known[row['pattern']].seed}, {known[row['pattern']].section})",
            row["kind"],
            _strong(row["verdict"]),
            f"{row['appearing']} of {row['claims']}",
            "; ".join(filter(None, (row["ablation"], causes_in_brief(table, row["pattern"])))) or "–",
        )
        for row in scored.to_dict("records")
    ]
    header = ("", "the source says", "", "verdict", "claims that appear", "without the mechanism")
    return "\n\n".join([_HEADS[use], markdown(header, lines), _claims(table, use, known)])


def _claims(table: pd.DataFrame, use: str, known: dict[str, Pattern]) -> str:
    """Every claim with its effect, with the mechanism and without."""
    rows = []
    as_is = table[(table["use"] == use) & (table["variant"] == AS_IS) & (table["verdict"] != NOT_EXPRESSED)]
    for row in as_is.to_dict("records"):
        off = table[
            (table["pattern"] == row["pattern"]) & (table["claim"] == row["claim"]) & (table["variant"] == ABLATED)
        ]
        without = "–" if off.empty else f"{number(off['mean'].iloc[0])} ({_ends(off.iloc[0])})"
        rows.append(
            (
                row["pattern"], row["says"], row["expect"], number(row["mean"]), _ends(row), int(row["n"]),
                _strong(row["verdict"]), without,
                "<br>".join([
                    *([row["ablation"]] if isinstance(row["ablation"], str) else []),
                    *causes_of(table, row["pattern"], row["claim"]),
                ]),
            )
        )  # fmt: skip
    header = (
        "", "claim", "expected", "effect", "95% interval", "seeds", "verdict", "effect without "
        "the mechanism", "what becomes of it",
    )  # fmt: skip
    off = f"Mechanisms off: {_mechanisms(known, use)}."
    return "\n\n".join(["### Every claim", off, causes_out(known, use), markdown(header, rows)])


def disputed_part(table: pd.DataFrame) -> str:
    """Claims of patterns that conflict with outside evidence, with both signs of what is disputed."""
    names = [
        name for name in dict.fromkeys(table["variant"])
        if name not in (AS_IS, ABLATED) and not name.startswith(WITHOUT)
    ]  # fmt: skip
    rows = []
    for pattern in sorted(set(table[table["variant"].isin(names)]["pattern"])):
        inside = table[(table["pattern"] == pattern) & table["variant"].isin([AS_IS, *names])]
        rows += [
            (pattern, row["says"], row["variant"], number(row["mean"]), _ends(row), _strong(row["verdict"]))
            for row in inside.sort_values("claim", kind="stable").to_dict("records")
        ]
    return (
        "## Disputed signs, both ways\n\nOutside evidence contradicts the sources here: competition need not hinder "
        "advice ties (Rawlings & Loeb), and pressure of tables raised results in Wales (Burgess, Wilson & Worth 2013). "
        "The claims under both readings:\n\n"
        + markdown(("", "claim", "reading", "effect", "95% interval", "verdict"), rows)
    )


def stories_part(table: pd.DataFrame) -> str:
    """Two success stories in the distribution of runs."""
    rows = []
    for pattern, story, rise in (
        ("P32", "Kingsdown, from 7 to 27% in two years", 20.0),
        ("P33", "a mathematics department, from 32 to 48% in two years", 16.0),
    ):
        inside = table[(table["pattern"] == pattern) & (table["variant"] == AS_IS)]
        shares = inside[inside["says"].str.contains(f"{rise:g} pp or more")]
        if shares.empty:
            continue
        row = shares.iloc[0]
        rows.append(
            (story, f"+{rise:g}", number(row["p05"]), number(row["p50"]), number(row["p95"]), number(row["p99"]),
             f"{100 * row['mean']:.1f}% of {int(row['n'])} runs", _strong(row["verdict"]))
        )  # fmt: skip
    header = ("story", "told, pp", "5% of runs below", "half", "95%", "99%", "as much or more", "verdict")
    return (
        "## Two success stories, placed\n\nThey were picked because they went well. A model whose mean matched them "
        "would be over-fitted; they should lie in the upper tail.\n\n" + markdown(header, rows)
    )


def remarks_part() -> str:
    """What was read how, and what cannot be shown."""
    lines = [f"- **{one.id}** {one.cannot or one.remark}" for one in read_patterns() if one.cannot or one.remark]
    return "## How patterns were read, and what the model cannot show of them\n\n" + "\n".join(lines)


def _mechanisms(known: dict[str, Pattern], use: str) -> str:
    switched_off = []
    for one in known.values():
        if one.use == use and not one.cannot:
            off = [*one.mechanisms, *(f"{name} = {value}" for name, value in one.off.items())]
            switched_off.append(f"{one.id} {', '.join(off)}")
    return "; ".join(switched_off)


def _ends(row: pd.Series | dict[str, float]) -> str:
    return interval(float(row["low"]), float(row["high"]))


def _strong(verdict: str) -> str:
    return verdict if verdict == APPEARS else f"**{verdict}**"
