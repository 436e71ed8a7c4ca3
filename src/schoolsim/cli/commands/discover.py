"""`schoolsim discover`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.commands.answer import unfinished
from schoolsim.cli.output import number, say, say_json, say_table, tell
from schoolsim.parameters.errors import UserError
from schoolsim.parameters.values import printable

if TYPE_CHECKING:
    from schoolsim.analysis.discovery import Box, Limit


class Method(StrEnum):
    """What finds the boxes."""

    prim = "prim"
    tree = "tree"


Outcome = Annotated[str, typer.Option("--outcome", metavar="NAME", help="The outcome that is bounded.")]
Policy = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=LEVEL", help="Of several policies, the one with this level; may be repeated."),
]
Against = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=LEVEL", help="Bound the difference from the policy with this level; may be repeated."),
]
Fails = Annotated[bool, typer.Option("--fails", help="Look for the worlds in which the bound is not met.")]
Density = Annotated[float, typer.Option(help="Least share of the worlds of a box that must be of interest.")]
MethodOption = Annotated[Method, typer.Option(help="PRIM, or the leaves of a classification tree.")]


def discover(
    folder: options.Results,
    outcome: Outcome,
    at_least: options.AtLeast = None,
    at_most: options.AtMost = None,
    fails: Fails = False,
    policy: Policy = None,
    against: Against = None,
    density: Density = 0.75,
    method: MethodOption = Method.prim,
    draw: options.Draw = False,
    json: options.Json = False,
) -> None:
    """Find the kinds of world in which a policy meets a bound, or fails it, in a study with sampled worlds.

    schoolsim discover DIR --policy badging.scope=collective --against badging.scope=none --outcome progress.mean
    --at-least 0
    """
    from schoolsim.analysis.policies import words
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    chosen, other = levels_of(policy, "--policy"), levels_of(against, "--against")
    found = result.discover(
        outcome, at_least=at_least, at_most=at_most, fails=fails, policy=chosen, against=other, density=density,
        method="tree" if method is Method.tree else "prim",
    )  # fmt: skip
    lines = [*unfinished(result), *found.lines()]
    files = []
    if draw and found.boxes:
        given = {"at_least": at_least, "at_most": at_most, "policy": chosen, "against": other}
        files = drawn(folder, {
            "kind": "boxes", "name": f"boxes_{outcome}", "outcomes": [outcome], "fails": fails, "density": density,
            "method": str(method), **{name: value for name, value in given.items() if value is not None},
        })  # fmt: skip
    if json:
        say_json({
            "answer": lines, "worlds": len(found.interest), "of_interest": int(found.interest.sum()),
            "unsure": found.unsure, "boxes": [_plain(box) for box in found.boxes],
            "held_out": {"coverage": found.held_out[0], "density": found.held_out[1]},
            "trajectory": found.trajectory.to_dict("records"), "figures": files,
        })  # fmt: skip
        return
    for line in lines:
        say(line)
    if found.boxes:
        say()
        say_table(
            ("box", "what", "name", "from", "to", "quasi-p", "of both"),
            [
                (place, words(limit.name), limit.name, *_ends(limit), _chance(limit.p_low), _chance(limit.p_high))
                for place, box in enumerate(found.boxes, 1)
                for limit in box.limits
            ],
            right=["from", "to", "quasi-p", "of both"],
        )
    elif draw:
        say("There is no box to draw.")
    say_files(files)


def levels_of(texts: Sequence[str] | None, option: str) -> dict[str, object] | None:
    """The levels of `badging.scope=collective`, by lever; None where nothing was typed.

    Raises:
        UserError: One has another form.
    """
    if not texts:
        return None
    levels: dict[str, object] = {}
    for text in texts:
        name, equals, level = (part.strip() for part in text.partition("="))
        if not (name and equals and level):
            raise UserError(f'{option} "{printable(text)}": write NAME=LEVEL, such as badging.scope=collective')
        levels[name] = level
    return levels


def drawn(folder: options.Results, asked: dict[str, object]) -> list[str]:
    """Draw one figure into a finished study's folder; the pictures."""
    from schoolsim.cli.results import open_finished
    from schoolsim.figures import draw_figures
    from schoolsim.figures.of_study import provenance

    result = open_finished(folder)
    files = draw_figures(
        result, None, result.columns.to_dict("records"), [asked], provenance(result), folder / "figures",
        design=result.design,
    )  # fmt: skip
    return [str(file) for file in files if file.suffix == ".png"]


def say_files(files: Sequence[str]) -> None:
    """Where the figures are; said on standard error, as the answer is above."""
    if files:
        tell(f"Figures: {', '.join(files)}")


def _plain(box: Box) -> dict[str, object]:
    return {
        "coverage": box.coverage, "density": box.density, "worlds": box.worlds,
        "limits": [{**vars(limit), "clear": limit.clear} for limit in box.limits],
    }  # fmt: skip


def _ends(limit: Limit) -> tuple[str, str]:
    if limit.levels is not None:
        return " or ".join(map(str, limit.levels)), ""
    return tuple("" if end is None else number(end) for end in (limit.low, limit.high))  # type: ignore[return-value]  # two


def _chance(p: float | None) -> str:
    if p is None:
        return ""
    return "<0.001" if p < 0.001 else f"{p:.3f}"
