"""The page: thin Solara components over a `Session`. What they show is the session's; what is clicked goes to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

_STYLE: Final = Path(__file__).parent / "parts" / "page.css"


@solara.component_vue("parts/bar.vue")
def Bar(
    when: str, playing: bool, behind: bool, ended: bool, comparing: bool, seed: str, schools: str, fixed: bool,
    error: str, notice: str, revision: int, event_act: Act,
) -> None:  # fmt: skip
    """The clock, its buttons, and messages."""


@solara.component_vue("parts/setup.vue")
def Setup(
    names: Sequence[str], programmes: Sequence[object], settings: Sequence[object], levers: Sequence[object],
    chosen: Mapping[str, object], revision: int, event_act: Act,
) -> None:  # fmt: skip
    """What a scenario is made of."""


@solara.component_vue("parts/map.vue")
def Map(
    side: str, title: str, alt: str, nodes: Sequence[object], marks: Sequence[object], ties: Sequence[object],
    lines: Sequence[object], selected: str, colours: Sequence[str], dashes: Sequence[str], event_act: Act,
) -> None:  # fmt: skip
    """Schools and their ties."""


@solara.component_vue("parts/legend.vue")
def Legend(
    modes: Sequence[str], colours: Sequence[str], dashes: Sequence[str], schools: Sequence[object], stand: str,
    lists: Mapping[str, object], revision: int, event_act: Act,
) -> None:  # fmt: skip
    """What the map shows, and whom it does not."""


@solara.component_vue("parts/curves.vue")
def Curves(
    charts: Sequence[object], outcomes: Sequence[object], comparing: bool, difference: bool, event_act: Act
) -> None:
    """Outcomes by half-term."""


@solara.component_vue("parts/story.vue")
def Story(stories: Sequence[object], selected: str, event_act: Act) -> None:
    """The story that is open."""


@solara.component_vue("parts/take.vue")
def Take(folder: str, python: Mapping[str, str], event_act: Act) -> None:
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
            names=names, programmes=session.programmes, settings=static["settings"], levers=static["levers"],
            chosen=chosen, revision=revision, event_act=act,
        )  # fmt: skip
        with solara.Div(classes=["ss-shown"]):
            with solara.Div(classes=["ss-maps", f"ss-maps-{len(names)}"]):
                for name in names:
                    Map(
                        side=name, title=chosen[name]["title"], selected=selected, colours=geometry.MODE_COLOURS,
                        dashes=geometry.MODE_DASHES, event_act=act, **session.map_of(name),
                    ).key(f"map {name}")  # fmt: skip
            Legend(
                modes=MODES, colours=geometry.MODE_COLOURS, dashes=geometry.MODE_DASHES,
                schools=session.school_list(), stand=session.layout_shown, lists=session.lists(), revision=revision,
                event_act=act,
            )  # fmt: skip
            Story(stories=session.stories(), selected=selected, event_act=act)
            Curves(
                charts=session.charts(), outcomes=static["outcomes"], comparing=session.comparing,
                difference=session.difference, event_act=act,
            )  # fmt: skip
            Take(folder=str(session.folder), python=session.python(), event_act=act)


def _session() -> Session:
    return Session(OPENING.config, OPENING.folder)


def _static() -> dict[str, list[dict[str, Any]]]:
    """What is the same as long as the page is open."""
    return {
        "levers": catalogue.levers(),
        "settings": [entry.as_dict() for entry in catalogue.settings()],
        "outcomes": [{"name": name, "label": outcome.label} for name, outcome in OUTCOMES.items()],
    }
