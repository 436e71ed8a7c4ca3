"""Writes contrasts and interactions as sentences.

An effect is said to be raised or lowered when its interval leaves out 0; otherwise there is "no
clear difference", and the interval says how large one could be.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from schoolsim.analysis.words import (
    Columns,
    Wording,
    comparison,
    decimals_for,
    number,
    outcome_words,
    place_words,
    setting_words,
    with_unit,
)

CONTRAST_COLUMNS = frozenset(
    "outcome lever level baseline moderator moderator_level moderator_baseline mean low high n sd "
    "share_positive dropped confidence share family p p_holm".split()
)


IN_A_SENTENCE = 2
"""Outcomes that one sentence holds; more are listed."""


def contrast_sentences(table: pd.DataFrame, columns: Columns | None = None) -> list[str]:
    """One sentence a row of a contrast table.

    Args:
        table: What `contrast` or `interaction` returns.
        columns: The study's column table, for units.

    Returns:
        As "Under high competition, a badge on the originating school alone rather than no badge lowered
        progress in partner schools by 0.21 percentage points (95% interval 0.15 to 0.27; 60 paired
        replications)."
    """
    if "moderator" in table:
        return [_interaction_line(row, table, columns) for _, row in table.iterrows()]
    by = by_columns(table)
    lines = []
    for _, row in table.iterrows():
        words, only = outcome_words(str(row["outcome"]), columns), row.to_frame().T
        where = _where(row, by, table)
        line = f"{_subject(row, acts=True)} {_change(row, words)} "
        line += f"({interval_words(only)} {_bounds(row, words.sentence_unit)}; {replications(only)})."
        lines.append(_capital(f"{where}, {line}" if where else line))
    return lines


def comparison_sentence(rows: pd.DataFrame, columns: Columns | None = None) -> str:
    """One sentence, or a list, for a level of a lever: every outcome, in every setting.

    Args:
        rows: The rows of one level of what `contrast` returns.
        columns: The study's column table, for units.
    """
    by, clauses = by_columns(rows), []
    for outcome, some in rows.groupby("outcome", sort=False):
        words, before = outcome_words(str(outcome), columns), ""
        parts: list[str] = []
        for _, row in some.iterrows():
            change = _passive(row, words.sentence_unit)
            # The same finding in two settings is said once: "no clear difference under a or b".
            link, said = (" or", "") if change == before else (" and", f" {change}")
            where = _where(row, by, rows)
            detail = f"{said}{f' {where}' if where else ''} ({_bounds(row, words.sentence_unit)})"
            parts.append(f"{link if parts else ''}{detail}")
            before = change
        clauses.append(f"{words.phrase}{''.join(parts)}")
    subject, note = f"with {_subject(rows.iloc[0])}", f"({interval_words(rows)}s; {replications(rows)})"
    if len(clauses) <= IN_A_SENTENCE:
        return _capital(f"{subject}, {'; '.join(clauses)} {note}.")
    return _capital(f"{subject} {note}:" + "".join(f"\n- {clause}" for clause in clauses))


def by_columns(table: pd.DataFrame) -> list[str]:
    """The columns of a contrast table that came from `by`."""
    return [c for c in table.columns if c not in CONTRAST_COLUMNS]


def replications(table: pd.DataFrame) -> str:
    """`60 paired replications`, or the range where rows differ, and what was left out."""
    low, high = int(table["n"].min()), int(table["n"].max())
    text = f"{low} paired replications" if low == high else f"{low} to {high} paired replications"
    # Outcomes and half-terms of a run are lost together: each pair counts once.
    keys = [c for c in ("level", *by_columns(table)) if c in table and c != "half_term"]
    lost = table.groupby(keys)["dropped"].max() if keys else table["dropped"].iloc[:1]
    dropped = int(lost.sum())
    pairs = "pair" if dropped == 1 else "pairs"
    return f"{text}, {dropped} incomplete {pairs} left out" if dropped else text


def interval_words(table: pd.DataFrame) -> str:
    """`95% interval`, or `simultaneous 95% interval` where rows were widened to hold together."""
    share = f"{100 * float(table['confidence'].iloc[0]):g}% interval"
    return f"simultaneous {share}" if "family" in table else share


def _interaction_line(row: pd.Series, table: pd.DataFrame, columns: Columns | None) -> str:
    words, only = outcome_words(str(row["outcome"]), columns), row.to_frame().T
    low, high = float(row["low"]), float(row["high"])
    levels = list({*table["moderator_level"], *table["moderator_baseline"]})
    at_level = setting_words(row["moderator"], row["moderator_level"], levels)
    at_baseline = setting_words(row["moderator"], row["moderator_baseline"], levels)
    if low <= 0 <= high:
        change = f"did not clearly differ between {at_baseline} and {at_level}"
    else:
        direction = "higher" if low > 0 else "lower"
        at_level, at_baseline = (
            place_words(row["moderator"], level, levels)
            for level in (row["moderator_level"], row["moderator_baseline"])
        )
        change = f"was {_size(row, words.sentence_unit)} {direction} {at_level} than {at_baseline}"
    where = _where(row, by_columns(table), table)
    line = f"the effect on {words.phrase} of {_subject(row)} {change} "
    line += f"({interval_words(only)} {_bounds(row, words.sentence_unit)}; {replications(only)})."
    return _capital(f"{where}, {line}" if where else line)


def _passive(row: pd.Series, unit: str) -> str:
    low, high = float(row["low"]), float(row["high"])
    if low == high == 0:
        return "stayed exactly as it was"
    if low <= 0 <= high:
        return "showed no clear difference"
    return f"was {'raised' if low > 0 else 'lowered'} by {_size(row, unit)}"


def _subject(row: pd.Series, *, acts: bool = False) -> str:
    return comparison(str(row["lever"]), row["level"], row["baseline"], acts=acts)


def _change(row: pd.Series, words: Wording) -> str:
    phrase = words.phrase
    low, high = float(row["low"]), float(row["high"])
    if low == high == 0:
        return f"left {phrase} exactly as it was"
    if low <= 0 <= high:
        return f"made no clear difference to {phrase}"
    return f"{'raised' if low > 0 else 'lowered'} {phrase} by {_size(row, words.sentence_unit)}"


def _size(row: pd.Series, unit: str) -> str:
    decimals = decimals_for(float(row["low"]), float(row["high"]))
    return with_unit(number(abs(float(row["mean"])), decimals), unit)


def _bounds(row: pd.Series, unit: str) -> str:
    """The interval; of the size of the change when the direction is said in words."""
    low, high = float(row["low"]), float(row["high"])
    decimals = decimals_for(low, high)
    if high < 0:
        low, high = -high, -low
    end = with_unit(number(high, decimals), unit) if low <= 0 else number(high, decimals)
    return f"{number(low, decimals)} to {end}"


def _where(row: pd.Series, by: Sequence[str], table: pd.DataFrame) -> str:
    return " and ".join(place_words(c, row[c], list(table[c].unique())) for c in by)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
