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
    "adoption": Kind("Partnerships by mode, or what was learnt by its source, through the years.", "AdoptionOptions"),
    "boxes": Kind("Kinds of world in which a policy meets or fails a bound, found by PRIM or a tree.", "BoxesOptions"),
    "contrast": Kind("Paired differences of a lever's levels from its baseline, with intervals.", "ContrastOptions"),
    "convergence": Kind("How sensitivity indices settle as the sample grows, with intervals.", "ConvergenceOptions"),
    "distribution": Kind(
        "How schools or runs are spread over an outcome, with Kingsdown marked.", "DistributionOptions"
    ),
    "dose": Kind("Outcomes along a lever that is a number, or their paired differences, with bands.", "DoseOptions"),
    "effects": Kind("Effects against the same schools without any programme, with intervals.", "EffectsOptions"),
    "funnel": Kind("What becomes of introductions: made, met, at work.", "LevelsOptions"),
    "interaction": Kind("Outcomes by the levels of a lever, a line for each level of another.", "ResponseOptions"),
    "pareto": Kind("Policies by two outcomes, and those that no other beats in both.", "PoliciesOptions"),
    "plane": Kind("Gains of originators and partners against each other, by the levels of a lever.", "PlaneOptions"),
    "ranking": Kind("Policies from best to worst over worlds, with intervals of both.", "RankingOptions"),
    "regret": Kind("How much worse each policy does than the best one, world by world.", "PoliciesOptions"),
    "sensitivity": Kind("What outcomes hang on: Sobol indices or Morris's effects, with intervals.", "SampleOptions"),
    "series": Kind("Outcomes, or their paired differences, through the years, with bands.", "SeriesOptions"),
    "uses": Kind("Hours and pounds by what they are used for, by the levels of a lever.", "UsesOptions"),
}
"""Every kind of figure, by the name that a config gives it; `registry` draws them."""
