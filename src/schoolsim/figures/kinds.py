"""The kinds of figure there are, each with its options; known without Matplotlib."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.figures.options import FigureOptions


@dataclass(frozen=True)
class Kind:
    """One kind of figure.

    Args:
        summary: What it shows, in a sentence.
        model: Name of its class in `figures.options`.
    """

    summary: str
    model: str

    @property
    def options(self) -> type[FigureOptions]:
        """What a `[[figures]]` table of this kind may hold; loaded when asked for, so that kinds are quickly listed."""
        from schoolsim.figures import options

        found: type[FigureOptions] = getattr(options, self.model)
        return found


FIGURES: Mapping[str, Kind] = {
    "boxes": Kind("Kinds of world in which a policy meets or fails a bound, found by PRIM or a tree.", "BoxesOptions"),
    "contrast": Kind("Paired differences of a lever's levels from its baseline, with intervals.", "ContrastOptions"),
    "effects": Kind("Effects against the same schools without any programme, with intervals.", "EffectsOptions"),
    "pareto": Kind("Policies by two outcomes, and those that no other beats in both.", "PoliciesOptions"),
    "regret": Kind("How much worse each policy does than the best one, world by world.", "PoliciesOptions"),
    "sensitivity": Kind("What outcomes hang on: Sobol indices or Morris's effects, with intervals.", "SampleOptions"),
    "series": Kind("Outcomes, or their paired differences, through the years, with bands.", "SeriesOptions"),
}
"""Every kind of figure, by the name that a config gives it; `registry` draws them."""
