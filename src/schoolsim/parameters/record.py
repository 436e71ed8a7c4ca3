"""The values of a scenario as compiled code takes them."""

from __future__ import annotations

from typing import Any, ClassVar

from schoolsim.columns import Record
from schoolsim.parameters.registry import REGISTRY


class Parameters(Record):
    """One number a parameter: `p.trust_change` is `trust.change`.

    A real is a float64; a whole, a flag (0 or 1) and a choice (its code) are int64.
    """

    fields: ClassVar = {spec.field: "f8" if spec.kind == "real" else "i8" for spec in REGISTRY.values()}

    def __getattr__(self, name: str) -> Any:
        """Only reached where there is no such parameter; here so that the type checker allows those there are.

        Raises:
            AttributeError: Always.
        """
        return super().__getattr__(name)
