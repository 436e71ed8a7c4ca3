"""The page: thin Solara components over a `Session`. What they show is the session's; what is clicked goes to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import solara

from schoolsim.explore import catalogue, geometry
from schoolsim.explore.opening import OPENING
from schoolsim.explore.session import Session
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.rules.codes import MODES

Event = Mapping[str, Any]
Act = Callable[[Event], None]

ACTIONS: Final[Mapping[str, Callable[[Session, Event], None]]] = {
    "play": lambda session, given: session.play(bool(given["on"])),
    "step": lambda session, given: session.step(),
    "tick": lambda session, given: session.tick(),
    "reset": lambda session, given: session.reset(),
    "seed": lambda session, given: session.set_seed(given["seed"]),
    "schools": lambda session, given: session.set_schools(given["number"]),
    "compare": lambda session, given: session.compare(bool(given["on"])),
    "programme": lambda session, given: session.tick_programme(given["side"], given["name"]),
    "setting": lambda session, given: session.set_setting(given["side"], given["name"]),
    "set": lambda session, given: session.set_value(given["side"], given["name"], given["value"]),
    "unset": lambda session, given: session.unset_value(given["side"], given["name"]),
    "copy": lambda session, given: session.copy(given["side"]),
    "layout": lambda session, given: session.set_layout(given["layout"]),
    "select": lambda session, given: session.select(given["kind"], given["number"], given["side"]),
    "close": lambda session, given: session.close_story(),
    "show": lambda session, given: session.show_curve(given["outcome"]),
    "hide": lambda session, given: session.hide_curve(given["outcome"]),
    "difference": lambda session, given: session.show_difference(bool(given["on"])),
    "config": lambda session, given: session.save_config(given["side"], given["name"]),
    "data": lambda session, given: session.save_data(given["name"]),
    "dismiss": lambda session, given: session.dismiss(),
}
"""What the page may ask for, by the word it asks with."""


@dataclass(frozen=True)
class Sent:
    """Data on their way to the page: Solara need not look through them for parts of the page, which takes a while."""

    data: object


def _unpacked(value: Sent, widget: object) -> object:
    return value.data


def part(file: str, *sent: str) -> Any:
    """A part of the page, drawn by a file in `parts`; the arguments `sent` are `Sent`."""
    return solara.component_vue(f"parts/{file}.vue", to_json=dict.fromkeys(sent, _unpacked))


COLOURS, DASHES = Sent(geometry.MODE_COLOURS), Sent(geometry.MODE_DASHES)
_STYLE: Final = Path(__file__).parent / "parts" / "page.css"


@part("bar")
def Bar(
    when: str, playing: bool, behind: bool, ended: bool, comparing: bool, seed: str, schools: str, fixed: bool,
    error: str, notice: str, revision: int, event_act: Act,
) -> None:  # fmt: skip
    """The clock, its buttons, and messages."""


@part("setup", "names", "programmes", "settings", "levers", "chosen")
def Setup(
    names: Sent, programmes: Sent, settings: Sent, levers: Sent,
    chosen: Sent, refused: int, event_act: Act,
) -> None:  # fmt: skip
    """What a scenario is made of."""


@part("map", "nodes", "marks", "ties", "lines", "colours", "dashes")
def Map(
    side: str, title: str, alt: str, nodes: Sent, marks: Sent, ties: Sent,
    lines: Sent, selected: str, colours: Sent, dashes: Sent, event_act: Act,
) -> None:  # fmt: skip
    """Schools and their ties."""


@part("legend", "modes", "colours", "dashes", "schools", "lists")
def Legend(
    modes: Sent, colours: Sent, dashes: Sent, schools: Sent, stand: str,
    lists: Sent, refused: int, event_act: Act,
) -> None:  # fmt: skip
    """What the map shows, and whom it does not."""


@part("curves", "charts", "outcomes")
def Curves(charts: Sent, outcomes: Sent, comparing: bool, difference: bool, event_act: Act) -> None:
    """Outcomes by half-term."""


@part("story", "stories")
def Story(stories: Sent, selected: str, event_act: Act) -> None:
    """The story that is open."""


@part("take", "python")
def Take(folder: str, python: Sent, event_act: Act) -> None:
    """What can be taken away."""


@solara.component
def Layout(children: Sequence[solara.Element]) -> solara.Element:
    """The page alone, without a bar of Solara's own."""
    return solara.Div(children=list(children), classes=["ss-page"])


@solara.component
def Page() -> None:
    """One page with a session of its own."""
    session = solara.use_memo(_session, [])
    revision, set_revision = solara.use_state(0)

    def act(given: Event) -> None:
        ACTIONS[given["do"]](session, given)
        set_revision(session.revision)

    solara.Title("schoolsim explorer")
    solara.Style(_STYLE)
    static = solara.use_memo(_static, [])
    names = list(session.sides)
    chosen = {name: session.chosen(name) for name in names}
    selected = "" if session.selected is None else f"{session.selected.kind} {session.selected.number}"
    Bar(
        when=session.when, playing=session.playing, behind=session.behind, ended=session.ended and not session.behind,
        comparing=session.comparing, seed=str(session.seed), schools=str(len(session.sides["A"].names)),
        fixed=session.fixed_schools, error=session.error, notice=session.notice, revision=revision, event_act=act,
    )  # fmt: skip
    with solara.Div(classes=["ss-columns"]):
        Setup(
            names=Sent(names), programmes=Sent(session.programmes), settings=static["settings"],
            levers=static["levers"], chosen=Sent(chosen), refused=session.refused, event_act=act,
        )  # fmt: skip
        with solara.Div(classes=["ss-shown"]):
            with solara.Div(classes=["ss-maps", f"ss-maps-{len(names)}"]):
                for name in names:
                    drawn = session.map_of(name)
                    Map(
                        side=name, title=chosen[name]["title"], selected=selected, alt=drawn["alt"],
                        nodes=Sent(drawn["nodes"]), marks=Sent(drawn["marks"]), ties=Sent(drawn["ties"]),
                        lines=Sent(drawn["lines"]), colours=COLOURS, dashes=DASHES, event_act=act,
                    ).key(f"map {name}")  # fmt: skip
            Legend(
                modes=Sent(MODES), colours=COLOURS, dashes=DASHES, schools=Sent(session.school_list()),
                stand=session.layout_shown, lists=Sent(session.lists()), refused=session.refused, event_act=act,
            )  # fmt: skip
            Story(stories=Sent(session.stories()), selected=selected, event_act=act)
            Curves(
                charts=Sent(session.charts()), outcomes=static["outcomes"], comparing=session.comparing,
                difference=session.difference, event_act=act,
            )  # fmt: skip
            Take(folder=str(session.folder), python=Sent(session.python()), event_act=act)


def _session() -> Session:
    return Session(OPENING.config, OPENING.folder)


def _static() -> dict[str, Sent]:
    """What is the same as long as the page is open."""
    return {
        "levers": Sent(catalogue.levers()),
        "settings": Sent([entry.as_dict() for entry in catalogue.settings()]),
        "outcomes": Sent([{"name": name, "label": outcome.label} for name, outcome in OUTCOMES.items()]),
    }
