"""Parameters picked from the catalogue by what they are, so that tests outlive its names."""

from __future__ import annotations

from schoolsim.parameters import REGISTRY, Parameter
from schoolsim.parameters.declare import Role, choice, flag, real, whole
from schoolsim.parameters.values import Kind, Value, shown

REAL = real(
    "pace.share", 0.5, low=0.0, high=1.0, role="uncertainty", unit="share", meaning="A share.",
    source="made up",
)  # fmt: skip
WHOLE = whole(
    "pace.visits", 3, low=0, high=12, role="lever", unit="visits a year", meaning="Visits.",
    source="made up",
)  # fmt: skip
FLAG = flag("pace.open", True, role="lever", meaning="Whether it is open.", source="made up")
CHOICE = choice(
    "pace.mood", "calm", ("calm", "brisk", "hectic"), role="constant", meaning="The mood.",
    source="made up",
)  # fmt: skip


def pick(kind: Kind, role: Role | None = None, *, skip: int = 0) -> Parameter:
    """The first parameter of the catalogue of this kind and role, after `skip` others."""
    found = [spec for spec in REGISTRY.values() if spec.kind == kind and role in (None, spec.role)]
    return found[skip]


def section(spec: Parameter) -> str:
    """The config section `spec` belongs under, said once more than in the package."""
    return {"lever": "levers", "uncertainty": "uncertainties", "constant": "constants"}[spec.role]


def misspelt(name: str) -> str:
    """The name without its last letter but one."""
    return name[:-2] + name[-1]


def other_value(spec: Parameter) -> Value:
    """A value that `spec` may take and that is not its default."""
    if spec.kind == "choice":
        return next(option for option in spec.options if option != spec.default)
    if spec.kind == "flag":
        return not spec.default
    low, high = spec.bounds
    return low if spec.default == high else high


def line(spec: Parameter, value: object) -> str:
    """`"name" = value` as a line of a config."""
    return f'"{spec.name}" = {shown(value)}'
