"""Every outcome by name, those of the model and those users add."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schoolsim.outcomes import (
    accountability,
    brokers,
    evaluation,
    headship,
    identity,
    learning,
    market,
    networks,
    partnerships,
    practice,
    programmes,
    teaching,
    time_money,
    trust,
)
from schoolsim.outcomes.outcome import Function, Outcome, Over

_SUBJECTS: Final = (
    teaching, market, identity, practice, learning, trust, partnerships, networks, brokers, programmes, headship,
    time_money, accountability, evaluation,
)  # fmt: skip
_BY_NAME: Final[dict[str, Outcome]] = {outcome.name: outcome for subject in _SUBJECTS for outcome in subject.OUTCOMES}
#: Every outcome by name.
OUTCOMES: Final[Mapping[str, Outcome]] = MappingProxyType(_BY_NAME)
_OWN: Final = frozenset(_BY_NAME)
#: Names of modules, with commas, that add outcomes of a user's own: for commands and for worker processes. What is
#: stored never names one: nobody's code is run because a file says so.
OWN_MODULES: Final = "SCHOOLSIM_OUTCOMES"


def outcome(
    name: str,
    unit: str,
    definition: str,
    measure: Function,
    *,
    over: Over = "window",
    label: str = "",
    phrase: str = "",
) -> Outcome:
    """Add an outcome of one's own; runs that begin from now on can report it.

    Args:
        name: Two words with a dot, such as "mine.reached".
        unit: Of its values.
        definition: One sentence.
        measure: A function of state, parameters and clock: `state.schools.progress` is a NumPy array, one number a
            school; `p.result_points` a parameter; `clock.half_term` the half-term just run.
        over: "window" (mean over the last years of the run), "years" (sum a policy year) or "last".
        label: For an axis or the head of a column; how the definition begins where none is given.
        phrase: For sentences; the label where none is given.

    Returns:
        The outcome. Added again under the same name, the new one takes the old one's place. Where it stands in a
        module, set SCHOOLSIM_OUTCOMES to the module's name for commands, and for studies on several processes.

    Raises:
        ValueError: The name is not two words with a dot, or is one of the model's own.
    """
    made = Outcome(name, unit, definition, measure, over, label, phrase)
    if name in _OWN:
        raise ValueError(f"{name!r} is one of the model's own outcomes")
    _BY_NAME[name] = made
    return made


def _add_users() -> None:
    for module in os.environ.get(OWN_MODULES, "").split(","):
        if module.strip():
            importlib.import_module(module.strip())


_add_users()
