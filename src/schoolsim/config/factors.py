"""Parameters that move together, one row of values at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schoolsim.config.errors import Fault, FaultError
from schoolsim.config.settings import checked_value, near_parameter, repeats
from schoolsim.parameters.declare import Parameter, Role
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import Value, shown


@dataclass(frozen=True)
class Linked:
    """Parameters that move together: each row of `values` gives one value to each of them."""

    parameters: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]

    @property
    def role(self) -> Role:
        """The role all its parameters share."""
        return REGISTRY[self.parameters[0]].role


def checked_linked(given: object) -> Linked:
    """One `[[linked]]` table.

    Raises:
        FaultError: Everything that is wrong with it, each with its path inside the table.
    """
    if isinstance(given, Linked):
        given = {"parameters": given.parameters, "values": given.values}
    names, rows = _lists(given)
    specs = _specs(names)
    faults: list[Fault] = []
    checked = []
    for place, row in enumerate(rows):
        try:
            checked.append(_row(specs, row))
        except FaultError as found:
            faults += [fault.under("values", place) for fault in found.faults]
    if not faults:
        faults = [
            Fault(("values", place), f"[[linked]] lists the row {shown(rows[place])} twice.")
            for place in repeats(checked)
        ]
    if faults:
        raise FaultError(faults)
    return Linked(tuple(spec.name for spec in specs), tuple(checked))


def _lists(given: object) -> tuple[list[object], list[object]]:
    """The names and the rows of one table, each a list that is long enough."""
    known = ("parameters", "values")
    if not isinstance(given, Mapping):
        raise FaultError([Fault((), "[[linked]] must be a table of two keys, parameters and values.")])
    faults = [
        Fault((key,), f"[[linked]] holds parameters and values, not {key}.{did_you_mean(key, known)}")
        for key in given
        if key not in known
    ]
    names, rows = given.get("parameters"), given.get("values")
    if not isinstance(names, list | tuple) or len(names) < 2:
        message = "[[linked]] parameters must be a list of two or more parameters."
        faults.append(Fault(("parameters",), message))
    if not isinstance(rows, list | tuple) or not rows:
        message = "[[linked]] values must be a list of rows, each a list of one value a parameter."
        faults.append(Fault(("values",), message))
    if faults:
        raise FaultError(faults)
    return list(names or ()), list(rows or ())


def _specs(names: list[object]) -> list[Parameter]:
    faults = []
    for place, name in enumerate(names):
        if not isinstance(name, str) or name not in REGISTRY:
            message = f"[[linked]] {shown(name)} is not a parameter.{near_parameter(str(name))}"
        elif name in names[:place]:
            message = f'[[linked]] names "{name}" twice.'
        else:
            continue
        faults.append(Fault(("parameters", place), message))
    specs = [] if faults else [REGISTRY[str(name)] for name in names]
    if len({spec.role for spec in specs}) > 1:
        roles = ", ".join(f'"{spec.name}" is {spec.a_role}' for spec in specs)
        message = f"[[linked]] parameters must all be of one role, but {roles}."
        faults.append(Fault(("parameters",), message))
    if faults:
        raise FaultError(faults)
    return specs


def _row(specs: list[Parameter], row: object) -> tuple[Value, ...]:
    if not isinstance(row, list | tuple) or len(row) != len(specs):
        names = ", ".join(f'"{spec.name}"' for spec in specs)
        raise FaultError([Fault((), f"[[linked]] row {shown(row)} must be a list of one value each for {names}.")])
    checked: list[Value] = []
    faults: list[Fault] = []
    for place, (spec, value) in enumerate(zip(specs, row, strict=True)):
        try:
            checked.append(checked_value(spec, value))
        except FaultError as found:
            faults += [fault.under(place) for fault in found.faults]
    if faults:
        raise FaultError(faults)
    return tuple(checked)
