"""Declaration of parameters: name, allowed values, unit, default, source, and the words that readers see."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from schoolsim.parameters.errors import ParameterError, did_you_mean
from schoolsim.parameters.timetable import checked_timetable, is_written_timetable
from schoolsim.parameters.values import (
    KINDS,
    Kind,
    Value,
    accepted_choice,
    accepted_flag,
    accepted_number,
    shown,
)

Role = Literal["lever", "uncertainty", "constant"]
Scope = Literal["system", "area", "programme"]
Grade = Literal["seed", "published", "derived", "memory", "assumed", "calibrated"]

SCOPES: tuple[Scope, ...] = ("system", "area", "programme")
ROLES: tuple[Role, ...] = ("lever", "uncertainty", "constant")
GRADES: tuple[Grade, ...] = ("seed", "published", "derived", "memory", "assumed", "calibrated")
MECHANISMS = frozenset({f"M{number:02d}" for number in range(1, 43)} | {"M02b"})

_NAME = re.compile(r"([a-z][a-z0-9_]*/)?[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Parameter:
    """One lever, uncertainty or constant of the model.

    Args:
        name: `subject.word`, for example `badging.scope`.
        role: Set by policy (lever), by the world (uncertainty) or by nobody (constant).
        kind: `real`, `whole`, `flag` (true or false) or `choice` (one of `options`).
        default: The value it has unless a config says otherwise.
        low: Smallest value allowed, inclusive; real and whole only.
        high: Largest value allowed, inclusive; real and whole only.
        options: The values allowed, in the order of their codes; choice only.
        unit: Unit of the value; empty for a flag or a choice.
        meaning: One plain sentence.
        source: Where the default and the bounds come from.
        grade: How well founded the source is, one of `GRADES`.
        mechanisms: Ids of the mechanisms it belongs to, `M01` to `M42`.
        scope: Of a lever, whose value it is: the whole system's, that of the schools in a programme's area, or that
            of a programme's own partnerships, networks and members.
        label: Beside an axis or over a column, under 40 characters; where left out, how the meaning begins.
        phrase: In a sentence, singular: "... at 3 rather than 1"; where left out, the label.
        levels: Of a choice or a flag, each of its values as a noun phrase: "a badge on the whole partnership".
        scale: Of a number, what is low or high where its lowest or highest level is meant: "competition".
        read_once: Of a lever, when its value is taken for good ("as networks are founded"), so that it can have no
            timetable; empty where it is read half-term by half-term.

    Raises:
        ValueError: The declaration contradicts itself; an error in the catalogue.
    """

    name: str
    role: Role
    kind: Kind
    default: Value
    low: float | None
    high: float | None
    options: tuple[str, ...]
    unit: str
    meaning: str
    source: str
    grade: Grade = "assumed"
    mechanisms: tuple[str, ...] = ()
    scope: Scope = "system"
    label: str = ""
    phrase: str = ""
    levels: Mapping[Value, str] = field(default_factory=dict, hash=False)
    scale: str = ""
    read_once: str = ""

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself, and fill in the words that were left out."""
        object.__setattr__(self, "label", self.label or label_of(self.meaning))
        object.__setattr__(self, "phrase", self.phrase or in_sentence(self.label))
        problems = _wording_problems(self) or _bound_problems(self) or _level_problems(self)
        if problems:
            raise ValueError(f"parameter {self.name!r}: " + "; ".join(problems))
        # A real written as 1 is kept as 1.0, so that equal values are equal in every type.
        object.__setattr__(self, "default", self.check(self.default))

    @property
    def field(self) -> str:
        """Name of the parameter's field in a scenario's record."""
        return field_name(self.name.rpartition("/")[2])

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest value allowed, both inclusive.

        Raises:
            ParameterError: The parameter is a flag or a choice.
        """
        if self.low is None or self.high is None:
            raise ParameterError(f'"{self.name}" is a {self.kind}; it has no bounds.')
        return self.low, self.high

    @property
    def range(self) -> str:
        """The allowed values without the unit: `0.0 to 1.0`, or the options."""
        if self.kind == "flag":
            return "true or false"
        if self.kind == "choice":
            return " | ".join(self.options)
        return f"{self.low} to {self.high}"

    @property
    def allowed(self) -> str:
        """The allowed values, as the end of a sentence that starts "it must be"."""
        if self.kind == "flag":
            return self.range
        if self.kind == "choice":
            return "one of " + ", ".join(shown(option) for option in self.options)
        noun = "a whole number" if self.kind == "whole" else "a number"
        return f"{noun} from {self.range}" + (f" ({self.unit})" if self.unit else "")

    @property
    def may_change(self) -> bool:
        """Whether it may have a timetable."""
        return self.role == "lever" and not self.read_once

    @property
    def a_role(self) -> str:
        """The role with its article: `a lever`, `an uncertainty`."""
        return f"{'an' if self.role == 'uncertainty' else 'a'} {self.role}"

    def check(self, value: object) -> Value:
        """Return `value` in the parameter's own type (float, int, bool or str); a timetable as its text.

        Raises:
            ParameterError: The value is of the wrong type or out of bounds.
        """
        if is_written_timetable(value):
            return checked_timetable(self, value)
        checked = _accepted(self, value)
        if checked is None:
            near = isinstance(value, str) and self.kind == "choice"
            hint = did_you_mean(str(value), self.options) if near else ""
            raise ParameterError(f'"{self.name}" cannot be {shown(value)}: it must be {self.allowed}.{hint}')
        return checked

    def code(self, option: str) -> int:
        """Position of `option` among the options of a choice, the number that compiled code uses.

        Raises:
            ParameterError: The parameter is not a choice, or has no such option.
        """
        if self.kind != "choice":
            raise ParameterError(f'"{self.name}" is a {self.kind}; only a choice has codes.')
        return self.options.index(str(self.check(option)))


def field_name(name: str) -> str:
    """Name of a parameter's field in a record: `badging.scope` is `badging_scope`."""
    return name.replace(".", "_")


def label_of(meaning: str) -> str:
    """A label for want of a better one: how the meaning begins, up to its first stop or colon."""
    return meaning.partition(".")[0].partition(":")[0].strip()


def in_sentence(text: str) -> str:
    """A title within a sentence: its first letter is small unless it holds a name."""
    return text if any(letter.isupper() for letter in text[1:]) else f"{text[:1].lower()}{text[1:]}"


def real(
    name: str,
    default: float,
    *,
    low: float,
    high: float,
    role: Role,
    unit: str,
    meaning: str,
    source: str,
    grade: Grade = "assumed",
    mechanisms: tuple[str, ...] = (),
    scope: Scope = "system",
    label: str = "",
    phrase: str = "",
    scale: str = "",
    read_once: str = "",
) -> Parameter:
    """Declare a real number in `[low, high]`."""
    edges = (float(low), float(high))
    return Parameter(
        name, role, "real", default, *edges, (), unit, meaning, source, grade, mechanisms, scope, label, phrase,
        scale=scale, read_once=read_once,
    )  # fmt: skip


def whole(
    name: str,
    default: int,
    *,
    low: int,
    high: int,
    role: Role,
    unit: str,
    meaning: str,
    source: str,
    grade: Grade = "assumed",
    mechanisms: tuple[str, ...] = (),
    scope: Scope = "system",
    label: str = "",
    phrase: str = "",
    scale: str = "",
    read_once: str = "",
) -> Parameter:
    """Declare a whole number in `[low, high]`."""
    return Parameter(
        name, role, "whole", default, low, high, (), unit, meaning, source, grade, mechanisms, scope, label, phrase,
        scale=scale, read_once=read_once,
    )  # fmt: skip


def flag(
    name: str,
    default: bool,
    *,
    role: Role,
    meaning: str,
    source: str,
    unit: str = "",
    grade: Grade = "assumed",
    mechanisms: tuple[str, ...] = (),
    scope: Scope = "system",
    label: str = "",
    phrase: str = "",
    on: str = "",
    off: str = "",
) -> Parameter:
    """Declare a parameter that is true or false; `on` and `off` are what readers call the two."""
    levels: dict[Value, str] = {True: on, False: off} if on or off else {}
    return Parameter(
        name, role, "flag", default, None, None, (), unit, meaning, source, grade, mechanisms, scope, label, phrase,
        levels,
    )  # fmt: skip


def choice(
    name: str,
    default: str,
    options: tuple[str, ...] | Mapping[str, str],
    *,
    role: Role,
    meaning: str,
    source: str,
    unit: str = "",
    grade: Grade = "assumed",
    mechanisms: tuple[str, ...] = (),
    scope: Scope = "system",
    label: str = "",
    phrase: str = "",
    read_once: str = "",
) -> Parameter:
    """Declare one of a few named options; their order gives their codes 0, 1, 2 ...

    A mapping says what readers call each option; of a tuple they see the options, with blanks for `_`.
    """
    named: dict[Value, str] = {}
    if isinstance(options, Mapping):
        named.update(options)
        options = tuple(options)
    return Parameter(
        name, role, "choice", default, None, None, options, unit, meaning, source, grade, mechanisms, scope, label,
        phrase, named, read_once=read_once,
    )  # fmt: skip


def _accepted(spec: Parameter, value: object) -> Value | None:
    if spec.kind == "flag":
        return accepted_flag(value)
    if spec.kind == "choice":
        return accepted_choice(value, spec.options)
    return accepted_number(spec.kind, value, spec.bounds)


def _wording_problems(spec: Parameter) -> list[str]:
    """Problems in the name, words and source of a declaration."""
    problems = []
    if not _NAME.fullmatch(spec.name):
        problems.append("the name must be subject.word, in lower case")
    vocabularies: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("role", spec.role, ROLES),
        ("kind", spec.kind, KINDS),
        ("grade", spec.grade, GRADES),
        ("scope", spec.scope, SCOPES),
    )
    for term, word, words in vocabularies:
        if word not in words:
            problems.append(f"{term} {word!r} is not one of {', '.join(words)}")
    if spec.scope != "system" and spec.role != "lever":
        problems.append("only a lever has a scope of its own")
    if spec.read_once and spec.role != "lever":
        problems.append("only a lever could have had a timetable")
    if not (spec.meaning.strip() and spec.source.strip()):
        problems.append("a meaning and a source are needed")
    if spec.kind in ("real", "whole") and not spec.unit.strip():
        problems.append("a number needs a unit")
    unknown = sorted(set(spec.mechanisms) - MECHANISMS)
    if unknown:
        problems.append(f"no mechanism is called {', '.join(unknown)}")
    return problems


def _bound_problems(spec: Parameter) -> list[str]:
    """Problems in the bounds, options and default of a declaration."""
    if spec.kind == "choice":
        if not isinstance(spec.options, tuple) or len(spec.options) < 2:
            return ["a choice needs a tuple of two or more options"]
        if len(set(spec.options)) < len(spec.options):
            return ["an option is given twice"]
    elif spec.kind in ("real", "whole"):
        if spec.low is None or spec.high is None or not spec.low < spec.high:
            return ["low must be below high"]
        if not (math.isfinite(spec.low) and math.isfinite(spec.high)):
            return ["bounds must be finite"]
        if spec.kind == "whole" and not isinstance(spec.low + spec.high, int):
            return ["the bounds of a whole number must be whole"]
    if _accepted(spec, spec.default) is None:
        return [f"the default {shown(spec.default)} must be {spec.allowed}"]
    return []


def _level_problems(spec: Parameter) -> list[str]:
    """Problems in the names of levels: a value without one, or a name without a value."""
    values: tuple[Value, ...] = {"flag": (True, False), "choice": spec.options}.get(spec.kind, ())
    problems = []
    if spec.levels and (set(spec.levels) != set(values) or not all(text.strip() for text in spec.levels.values())):
        problems.append(
            f"names of levels are needed for {spec.allowed}" if values else "only a choice or a flag has named levels"
        )
    if spec.scale and values:
        problems.append("only a number has a scale")
    return problems
