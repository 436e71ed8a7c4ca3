"""The state of a run: groups of columns, and the tables that find and link their rows."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schoolsim.columns import Float32Array, Float64Array, Int64Array
    from schoolsim.parameters.record import Parameters
    from schoolsim.system.state.schema import (
        AXES,
        MEMBERS,
        NEAREST,
        PAIRS,
        REMEMBERED,
        Authorities,
        BrokerKnowledge,
        Brokers,
        Clock,
        Gains,
        Introductions,
        Knowledge,
        Ledger,
        Market,
        Networks,
        Partnerships,
        Practices,
        Programmes,
        Repertoires,
        Roster,
        Run,
        Schools,
        SchoolTwins,
        State,
        Teachers,
        TeacherTies,
        TeacherTwins,
        Ties,
    )

_COLUMNS = ("Float32Array", "Float64Array", "Int64Array")

__all__ = [
    "AXES",
    "MEMBERS",
    "NEAREST",
    "PAIRS",
    "REMEMBERED",
    "Authorities",
    "BrokerKnowledge",
    "Brokers",
    "Clock",
    "Float32Array",
    "Float64Array",
    "Gains",
    "Int64Array",
    "Introductions",
    "Knowledge",
    "Ledger",
    "Market",
    "Networks",
    "Parameters",
    "Partnerships",
    "Practices",
    "Programmes",
    "Repertoires",
    "Roster",
    "Run",
    "SchoolTwins",
    "Schools",
    "State",
    "TeacherTies",
    "TeacherTwins",
    "Teachers",
    "Ties",
]


def __getattr__(name: str) -> Any:
    """Import a group when first asked for: the ledger's rows can be looked up without the compiler."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "schoolsim.columns" if name in _COLUMNS else f"{__name__}.schema"
    if name == "Parameters":
        home = "schoolsim.parameters.record"
    return getattr(importlib.import_module(home), name)
