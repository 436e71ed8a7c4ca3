"""Designs, execution and results of studies, for any model `(parameters, seed) -> outcomes`.

Everything is imported when it is first used, so that a worker process starts without the tables.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.studies.estimates import Estimate, estimate
    from schoolsim.studies.execution.executors import Execution
    from schoolsim.studies.model import Column, Model, ModelReference, RunResult
    from schoolsim.studies.plan import StudyPlan
    from schoolsim.studies.replications import Fixed, Precision
    from schoolsim.studies.reproduction import reproduce
    from schoolsim.studies.result import StudyResult
    from schoolsim.studies.status import StudyStatus, read_status
    from schoolsim.studies.study import Study
    from schoolsim.studies.sweeps import resume, sweep
    from schoolsim.studies.verification import Verification, verify

_HOMES = {
    "Column": "model",
    "Execution": "execution.executors",
    "Fixed": "replications",
    "Model": "model",
    "ModelReference": "model",
    "Precision": "replications",
    "RunResult": "model",
    "Estimate": "estimates",
    "Study": "study",
    "StudyPlan": "plan",
    "StudyResult": "result",
    "StudyStatus": "status",
    "estimate": "estimates",
    "reproduce": "reproduction",
    "resume": "sweeps",
    "read_status": "status",
    "sweep": "sweeps",
    "Verification": "verification",
    "verify": "verification",
}
__all__ = [
    "Column",
    "Estimate",
    "Execution",
    "Fixed",
    "Model",
    "ModelReference",
    "Precision",
    "RunResult",
    "Study",
    "StudyPlan",
    "StudyResult",
    "StudyStatus",
    "Verification",
    "estimate",
    "reproduce",
    "resume",
    "read_status",
    "sweep",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
