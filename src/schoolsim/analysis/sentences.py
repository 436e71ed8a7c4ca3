"""Writes outcomes, levels, contrasts and interactions in words: those of each one's entry in the catalogue.

An effect is said to be raised or lowered when its interval leaves out 0; otherwise there is "no
clear difference", and the interval says how large one could be. A name that has no entry, as of a study of another
model, is shown as it is; an outcome's unit comes from the study's `columns` first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from schoolsim.analysis.quantities import decimals_for, number, plain, value_words, with_unit
from schoolsim.outcomes import catalog
from schoolsim.parameters.declare import Parameter, in_sentence
from schoolsim.parameters.errors import ParameterError
from schoolsim.parameters.registry import REGISTRY, parameter
from schoolsim.parameters.timetable import is_written_timetable, timetable
from schoolsim.parameters.values import Value, is_flag

if TYPE_CHECKING:
    import pandas as pd

Columns: TypeAlias = "Mapping[str, Mapping[str, object]] | Sequence[Mapping[str, object]] | pd.DataFrame"
"""What a study says of its columns: the rows of `columns.json`, as a list or a frame, or a mapping
from the name of a column to its `unit`, `definition` and `role`."""

HALF_TERM = "half_term"
"""The column of half-terms, where a table has one row for each."""


@dataclass(frozen=True)
class Wording:
    """How an outcome is said in a sentence, written beside an axis, and measured.

    Args:
        phrase: In a sentence: "progress in partner schools".
        label: Beside an axis or over a column.
        unit: As the catalogue or the study has it.
    """

    phrase: str
    label: str
    unit: str = ""

    @property
    def sentence_unit(self) -> str:
        """The unit that a sentence needs: none where the phrase says what is counted."""
        return "" if self.phrase.startswith("the number of ") else self.unit


CONTRAST_COLUMNS = frozenset(
    "outcome lever level baseline moderator moderator_level moderator_baseline mean low high n sd "
    "share_positive dropped confidence share family p p_holm replications from_worlds".split()
)
"""Columns of a contrast table that are its own; the rest came from `by`."""

IN_A_SENTENCE = 2
"""Outcomes that one sentence holds; more are listed."""


def columns_by_name(columns: Columns | None) -> Mapping[str, Mapping[str, object]]:
    """What a study says of its columns, by name."""
    if columns is None or isinstance(columns, Mapping):
        return columns or {}
    rows = columns if isinstance(columns, Sequence) else columns.to_dict("records")
    return {str(row["name"]): row for row in rows}


def outcome_words(name: str, columns: Columns | None = None) -> Wording:
    """Words for an outcome; the unit is the study's own where it gives one, else the catalogue's."""
    given = columns_by_name(columns).get(name, {}).get("unit")
    outcome = catalog.OUTCOMES.get(name)
    if outcome is None:
        return Wording(name, name, str(given or ""))
    return Wording(outcome.phrase, outcome.label, str(given or outcome.unit))


@dataclass(frozen=True)
class ParameterWords:
    """How a parameter is called: the words of its entry, see `Parameter`."""

    label: str
    phrase: str
    levels: Mapping[Value, str] = field(default_factory=dict)
    scale: str = ""


def parameter_words(name: str) -> ParameterWords:
    """Words for a parameter, or for the lever of one programme, such as `beacon/funding.purse`."""
    spec = _declared(name)
    if spec is not None:
        return ParameterWords(spec.label, spec.phrase, spec.levels, spec.scale)
    if name == HALF_TERM:
        return ParameterWords("Half-term", "the half-term")
    return ParameterWords(name, name)


def _declared(name: str) -> Parameter | None:
    """The entry of the catalogue, where there is one."""
    if "/" not in name:
        return REGISTRY.get(name)
    try:
        return parameter(name)
    except ParameterError:
        return None


def parameter_label(name: str) -> str:
    """A parameter as a heading, with its name in brackets: `Who carries the badge (badging.scope)`."""
    label = parameter_words(name).label
    return label if label == name or name == HALF_TERM else f"{label} ({name})"


def has_scale(column: str) -> bool:
    """Whether the lowest and highest of a swept column have words: `low competition`."""
    return bool(parameter_words(column).scale)


def level_words(column: str, level: Any) -> str:
    """Words for one level: `a badge on the whole partnership`, `3 brokers an authority`."""
    words = parameter_words(column).levels
    if level in words:
        return words[level]
    spec = _declared(column)
    if spec is not None and is_written_timetable(level):
        return _by_year([(year, level_words(column, value)) for year, value in timetable(level).items()])
    if spec is not None:
        return value_words(level, spec.unit)
    if is_flag(level):
        return f"{column} {'on' if level else 'off'}"
    if isinstance(level, str):
        return in_sentence(level)
    return f"{column} = {plain(level)}"


def _by_year(steps: Sequence[tuple[int, str]]) -> str:
    """A timetable in words: `no badge, then a badge on the whole partnership from year 3`."""
    (_, first), *later = steps
    return ", then ".join([first, *(f"{words} from year {year}" for year, words in later)])


def comparison(lever: str, level: object, baseline: object, *, acts: bool = False) -> str:
    """A level and what it is compared with: `a badge on the whole partnership rather than no badge`.

    Args:
        lever: The lever.
        level: The level.
        baseline: What it is compared with.
        acts: Whether it is the subject of the sentence.
    """
    words = parameter_words(lever)
    if words.levels or _declared(lever) is None:
        return f"{level_words(lever, level)} rather than {level_words(lever, baseline)}"
    setting = f"{_fixed(lever, level)} rather than {_amount(lever, baseline)}"
    return f"setting {setting}" if acts else setting


def setting_words(column: str, level: object, levels: Sequence[Any]) -> str:
    """Words for one level of a setting, as `low competition`, given all its levels."""
    words = parameter_words(column)
    if not words.scale or len(levels) < 2:
        return _fixed(column, level)
    ordered = sorted(levels, key=float)
    if level in (ordered[0], ordered[-1]):
        return f"{'low' if level == ordered[0] else 'high'} {words.scale}"
    return f"middling {words.scale}" if len(levels) == 3 else f"{words.scale} {plain(level)}"


def place_words(column: str, level: object, levels: Sequence[object]) -> str:
    """A setting with its preposition: `under low competition`, `with a badge on the whole partnership`."""
    if column == HALF_TERM:
        return f"in half-term {level}"
    words = setting_words(column, level, levels)
    if has_scale(column) and len(levels) > 1:
        return f"under {words}"
    if isinstance(level, str) and _declared(column) is None:
        return f"where the {column} is {words}"
    return f"where {words}" if _declared(column) is None else f"with {words}"


def heading_words(column: str, level: object, levels: Sequence[object]) -> str:
    """A setting as the heading of a panel: `Low competition`, `Brokers in each authority: 3 brokers an authority`."""
    words = parameter_words(column)
    if words.levels or _declared(column) is None or (words.scale and len(levels) > 1):
        text = setting_words(column, level, levels)
        return f"{text[:1].upper()}{text[1:]}"
    return f"{words.label}: {level_words(column, level)}"


def _fixed(column: str, level: object) -> str:
    """One level by itself: `the number of brokers in each authority at 3`."""
    if column == HALF_TERM:
        return f"half-term {level}"
    words = parameter_words(column)
    if words.levels or _declared(column) is None:
        return level_words(column, level)
    return f"{words.phrase} at {_amount(column, level)}"


def _amount(column: str, level: object) -> str:
    """A number after the phrase of its parameter, without a unit where the phrase says what is counted."""
    spec = parameter(column)
    unit = "" if spec.phrase.startswith("the number of ") else spec.unit
    if is_written_timetable(level):
        return _by_year([(year, value_words(value, unit)) for year, value in timetable(str(level)).items()])
    return value_words(level, unit)


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


def yardstick_sentence(rows: pd.DataFrame, subject: str, table: pd.DataFrame, columns: Columns | None = None) -> str:
    """A list of what effects amount to, by yardsticks that a reader knows.

    Args:
        rows: Rows of one level of a lever of `Answer.yardsticks`.
        subject: What has these effects: "with a badge on the whole partnership rather than no badge".
        table: All of it, for the levels of its settings.
        columns: The study's column table, for units.
    """
    own = {"yardstick", "value", "value_low", "value_high", "saved", "clear"}
    by, lines = [name for name in by_columns(rows) if name not in own], []
    for (outcome, *_), some in rows.groupby(["outcome", *by], sort=False):
        words, where = outcome_words(str(outcome), columns), _where(some.iloc[0], by, table)
        told = "; ".join(_in_terms(row, words.sentence_unit) for _, row in some.iterrows())
        lines.append(f"\n- {words.phrase}{f' {where}' if where else ''}: {told}")
    return _capital(f"{subject}, in other terms:{''.join(lines)}")


def _in_terms(row: pd.Series, unit: str) -> str:
    """`1.2 months of progress (0.4 to 2.0)`, `9% of the spread between schools (7% to 11%)`."""
    kind = str(row["yardstick"])
    times = 100.0 if kind.startswith("share") else 1.0
    value, low, high = (times * float(row[name]) for name in ("value", "value_low", "value_high"))
    digits = decimals_for(low, high)
    sign = "%" if times > 1 else ""
    size, bounds = number(value, digits), f"({number(low, digits)}{sign} to {number(high, digits)}{sign})"
    saved = " saved" if row["saved"] else ""
    return {
        "months": f"{size} months of progress {bounds}",
        "share of spread": f"{size}% of the spread between schools {bounds}",
        "share of gap": f"{size}% of the gap by disadvantage {bounds}",
        "per £1,000": f"{with_unit(size, unit)} for every £1,000 a year{saved} {bounds}",
        "per 100 teacher-hours": f"{with_unit(size, unit)} for every 100 teacher-hours a year{saved} {bounds}",
    }[kind]


def by_columns(table: pd.DataFrame) -> list[str]:
    """The columns of a contrast table that came from `by`."""
    return [c for c in table.columns if c not in CONTRAST_COLUMNS]


def replications(table: pd.DataFrame) -> str:
    """`60 paired replications`, or the range where rows differ, and what was left out; worlds, where there are any."""
    text = f"{_range(table['replications' if 'replications' in table else 'n'])} paired replications"
    if "replications" in table:
        text += f" in {_range(table['n'])} worlds"
    # Outcomes and half-terms of a run are lost together: each pair counts once.
    keys = [c for c in ("level", *by_columns(table)) if c in table and c != "half_term"]
    lost = table.groupby(keys)["dropped"].max() if keys else table["dropped"].iloc[:1]
    dropped = int(lost.sum())
    pairs = "pair" if dropped == 1 else "pairs"
    return f"{text}, {dropped} incomplete {pairs} left out" if dropped else text


def _range(numbers: pd.Series) -> str:
    low, high = int(numbers.min()), int(numbers.max())
    return str(low) if low == high else f"{low} to {high}"


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
    return f"{number(low, decimals)} to {end}{worlds_part(row)}"


def worlds_part(row: Mapping[str, Any] | pd.Series) -> str:
    """`, 40% from worlds`: the part of an interval's variance of worlds and not of seeds; empty where none is told."""
    share = float(row["from_worlds"]) if "from_worlds" in row else float("nan")
    return "" if share != share else f", {share:.0%} from worlds"


def _where(row: pd.Series, by: Sequence[str], table: pd.DataFrame) -> str:
    return " and ".join(place_words(c, row[c], list(table[c].unique())) for c in by)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
