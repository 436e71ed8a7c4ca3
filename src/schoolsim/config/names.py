"""Names of sections and keys that several config modules share."""

from __future__ import annotations

from schoolsim.parameters.declare import Parameter, Role

SYNTHETIC = "synthetic"
"""The `population.source` that is not a path."""

POSTERIOR = "posterior"
"""The calibrated sample. `worlds = "posterior"` runs replications in draws of it; `uncertainties = "posterior"` crosses
its rows with the policies, as a design from a file."""

POSTERIOR_FILE = "calibration/posterior.csv"
"""Path of that sample in a `configs` folder."""

FILE_KEYS = (("population", "source"), ("population", "ties"), ("design", "file"))
"""The keys that hold the path of a file."""


def is_file(key: str, value: object) -> bool:
    """Whether what one of these keys holds is the path of a file; a source may also be "synthetic"."""
    return isinstance(value, str) and value != "" and (key, value) != ("source", SYNTHETIC)


SECTIONS: dict[str, Role] = {
    "levers": "lever",
    "uncertainties": "uncertainty",
    "constants": "constant",
}
"""The sections that set parameters, each with the role of its parameters."""

TABLES = (*SECTIONS, "factors", "population", "design", "outcomes", "evaluation")
"""Keys that are written as [tables] and are merged key by key."""

LISTED_TABLES = ("linked", "programmes", "expects", "figures")
"""Keys that are written as [[lists of tables]] and are replaced as a whole."""


def section_of(spec: Parameter) -> str:
    """The section that a parameter belongs in."""
    return next(section for section, role in SECTIONS.items() if role == spec.role)
