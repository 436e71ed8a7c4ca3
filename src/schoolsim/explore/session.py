"""Holds what is on the screen: two scenarios, one seed, one clock. It knows nothing of a browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from schoolsim.config import StudyConfig
from schoolsim.explore import catalogue, curves, geometry, saving
from schoolsim.explore.choice import OPENED, Choice
from schoolsim.explore.side import Side
from schoolsim.explore.telling import Selected, brokers_and_networks, story_so_far
from schoolsim.mapping.layout import LAYOUTS
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.errors import UserError, did_you_mean
from schoolsim.parameters.programmes import LEVERS
from schoolsim.stories import KINDS, names

A, B = "A", "B"
FIRST_PROGRAMME: Final = "programmes/beacon"
SCHOOLS: Final = "setting.schools"
MOST_CURVES: Final = 12
BUDGET: Final = 0.15
"""Seconds of work at a time while a scenario catches up: the page shows each and can be stopped between two."""
_LARGEST_SEED: Final = 2**31 - 1


class Session:
    """Two scenarios beside each other, as one page shows them.

    A change builds the scenario anew; it then catches up with the clock, so that what a lever does is seen at once.
    What a method cannot do leaves everything as it was, and `error` says why.

    Attributes:
        opened: The config that the explorer was opened with.
        folder: The only folder that files are saved in.
        sides: The scenarios shown, by name.
        comparing: Whether there are two.
        seed: Of both.
        clock: Number of the half-term that comes next; a scenario that is behind catches up with it.
        playing: Whether the clock goes on by itself.
        outcomes: Whose curves are shown.
        difference: Whether curves are of the difference.
        selected: Whose story is open.
        error: What could not be done, and why.
        notice: What was done, where it does not show.
        revision: Goes up with every action.
        refused: Goes up with every action that could not be done: the page then shows again what is.
    """

    def __init__(self, opened: StudyConfig | None = None, folder: Path | None = None) -> None:
        """Begin with the config against no programme, or with one programme against none.

        Args:
            opened: A config of one point.
            folder: Where files are saved; the current folder when None.

        Raises:
            UserError: The config cannot be run.
        """
        self.opened = opened
        self.folder = (folder or Path.cwd()).resolve()
        self.seed = 1 if opened is None else opened.seed
        self.comparing, self.playing, self.difference = True, False, False
        self.outcomes: list[str] = list(curves.KEY)
        self.layout = ""
        self.selected: Selected | None = None
        self.error = self.notice = ""
        self.revision = self.refused = 0
        first = Choice((FIRST_PROGRAMME if opened is None else OPENED,))
        self._choices = {A: first, B: self._without(first)}
        self._built: dict[str, Side] = {name: self._build(choice) for name, choice in self._choices.items()}
        self.clock = self._built[A].half_term
        self._nodes: dict[str, tuple[Side, list[dict[str, Any]]]] = {}
        self._chosen: dict[str, tuple[Side, dict[str, Any]]] = {}

    def _without(self, choice: Choice) -> Choice:
        """The same world without programmes; of a config that was opened, its levers at their defaults."""
        if self.opened is None:
            return Choice((), choice.setting)
        fixed = self.opened.fixed()
        world = {name: value for name, value in fixed.items() if "/" not in name and name not in LEVERS}
        return Choice((), "", world)

    def _build(self, choice: Choice) -> Side:
        return Side(choice, self.opened, self.seed, self.layout)

    # --- what there is ---------------------------------------------------------------------------

    @property
    def sides(self) -> dict[str, Side]:
        """The scenarios shown, by name."""
        return dict(self._built) if self.comparing else {A: self._built[A]}

    @property
    def behind(self) -> bool:
        """Whether a scenario has to catch up with the clock."""
        return any(side.half_term < self.clock for side in self.sides.values())

    @property
    def ended(self) -> bool:
        """Whether the last half-term was run."""
        return self.clock >= self._built[A].end

    @property
    def when(self) -> str:
        """How far it has gone, in words."""
        done = min(side.half_term for side in self.sides.values())
        if done < 0:
            return f"{-done} half-terms before the policy begins"
        after = "At the beginning" if done == 0 else f"After {names.when(done - 1)}"
        return f"{after} ({done} of {self._built[A].end} half-terms)"

    # --- the clock -------------------------------------------------------------------------------

    def step(self) -> None:
        """Run one half-term of every scenario; one that is behind catches up first."""
        if self.ended:
            self.playing = False
            self._say("That was the last half-term. Press Reset to begin again.")
            return
        self._quiet()
        self.clock += 1
        self._catch_up()

    def tick(self) -> None:
        """What a page asks for again and again while the clock goes or a scenario is behind."""
        if self.behind:
            self._catch_up()
        elif self.playing and not self.ended:
            self.clock += 1
            self._catch_up()
        if self.ended and not self.behind:
            self.playing = False
        self.revision += 1

    def _catch_up(self) -> None:
        until = time.monotonic() + BUDGET
        for side in self.sides.values():
            while side.half_term < self.clock:
                side.step()
                if time.monotonic() > until:
                    return

    def play(self, on: bool) -> None:
        """Let the clock go on by itself, or stop it."""
        self._quiet()
        self.playing = on and not self.ended

    def reset(self) -> None:
        """Back to the beginning, with everything as it is set."""
        self.playing = False

        def again() -> None:
            self._built = {name: self._build(choice) for name, choice in self._choices.items()}
            self.clock = self._built[A].half_term

        self._try(again)

    # --- what scenarios are made of ----------------------------------------------------------------

    def tick_programme(self, name: str, programme: str) -> None:
        """Take a programme into a scenario, or out of it; the config that was opened stands alone."""

        def changed() -> Choice:
            choice = self._choices[name]
            if programme not in {one["name"] for one in self.programmes}:
                raise UserError(f'there is no programme "{programme}".')
            if programme in choice.programmes:
                return choice.with_programmes(tuple(one for one in choice.programmes if one != programme))
            if programme == OPENED:
                return Choice((OPENED,))
            kept = tuple(one for one in choice.programmes if one != OPENED)
            return choice.with_programmes((*kept, programme))

        self._choose(name, changed)

    def set_setting(self, name: str, setting: str) -> None:
        """Put a scenario into a setting; empty for none."""
        self._choose(name, lambda: self._choices[name].with_setting(setting))

    def set_value(self, name: str, parameter: str, value: object) -> None:
        """Set a lever or an uncertainty of a scenario."""
        self._choose(name, lambda: self._choices[name].with_value(parameter, value))

    def unset_value(self, name: str, parameter: str) -> None:
        """Give a lever or an uncertainty back to programmes and setting."""
        self._choose(name, lambda: self._choices[name].without_value(parameter))

    def copy(self, source: str) -> None:
        """Make the other scenario the same as this one."""
        target = B if source == A else A
        self._choose(target, lambda: self._choices[source])

    def _choose(self, name: str, change: Callable[[], Choice]) -> None:
        def chosen() -> None:
            choice = change()
            if choice != self._choices[name]:
                built = self._build(choice)
                self._choices[name], self._built[name] = choice, built

        self._try(chosen)

    def set_seed(self, seed: object) -> None:
        """Draw both scenarios anew from another seed."""

        def drawn() -> None:
            number = _whole(seed, "The seed", 0, _LARGEST_SEED)
            before, self.seed = self.seed, number
            try:
                self._built = {name: self._build(choice) for name, choice in self._choices.items()}
            except UserError:
                self.seed = before
                raise

        self._try(drawn)

    def set_schools(self, number: object) -> None:
        """How many schools both scenarios have."""

        def drawn() -> None:
            spec = REGISTRY[SCHOOLS]
            low, high = (int(bound) for bound in spec.bounds)
            count = _whole(number, "The number of schools", low, high)
            if self.fixed_schools:
                raise UserError("The config you opened says which schools there are.")
            choices = {name: choice.with_value(SCHOOLS, count) for name, choice in self._choices.items()}
            built = {name: self._build(choice) for name, choice in choices.items()}
            self._choices, self._built = choices, built
            self.clock, self.playing = built[A].half_term, False

        self._try(drawn)

    @property
    def fixed_schools(self) -> bool:
        """Whether the config that was opened brings its own schools."""
        if self.opened is None:
            return False
        people = self.opened.population
        return people.schools is not None or people.source != type(people)().source

    def compare(self, on: bool) -> None:
        """Show two scenarios, or the first alone."""
        self._quiet()
        self.comparing = on
        if not on:
            self.difference = False

    def set_layout(self, layout: str) -> None:
        """Stand schools on the ground ("geographic"), or by their ties at the beginning ("force")."""

        def laid() -> None:
            if layout not in LAYOUTS:
                raise UserError(f'there is no layout "{layout}".{did_you_mean(layout, LAYOUTS)}')
            for side in self._built.values():
                side.lay_out(layout)
            self.layout = layout
            self._nodes = {}

        self._try(laid)

    # --- what is looked at -------------------------------------------------------------------------

    def select(self, kind: str, number: object, side: str) -> None:
        """Open somebody's story."""

        def opened() -> None:
            if kind not in KINDS or side not in (A, B):
                raise UserError(f'there is no story of a "{kind}".')
            self.selected = Selected(kind, _whole(number, "The number", 0, 2**63 - 1), side)

        self._try(opened)

    def close_story(self) -> None:
        """Close it."""
        self._quiet()
        self.selected = None

    def show_curve(self, outcome: str) -> None:
        """Show an outcome's curve too."""

        def shown() -> None:
            if outcome not in OUTCOMES:
                raise UserError(f'"{outcome}" is not an outcome.{did_you_mean(outcome, OUTCOMES)}')
            if outcome not in self.outcomes:
                if len(self.outcomes) >= MOST_CURVES:
                    raise UserError(f"There is room for {MOST_CURVES} curves: take one away first.")
                self.outcomes.append(outcome)

        self._try(shown)

    def hide_curve(self, outcome: str) -> None:
        """Take a curve away."""
        self._quiet()
        self.outcomes = [name for name in self.outcomes if name != outcome]

    def show_difference(self, on: bool) -> None:
        """Show what the first scenario has beyond the second, in place of both."""
        self._quiet()
        self.difference = on and self.comparing

    def dismiss(self) -> None:
        """Take the message away."""
        self._quiet()

    # --- what is taken away ------------------------------------------------------------------------

    def save_config(self, side: str, name: str) -> None:
        """Save a scenario as a config."""

        def saved() -> None:
            path = saving.write_new(self.folder, name, ".toml", saving.config_text(self.sides[side], self.folder))
            self._say(f"Saved: {path.name}. Run it again with: schoolsim run {path.name}")

        self._try(saved)

    def save_data(self, name: str) -> None:
        """Save every outcome of every half-term that was run."""

        def saved() -> None:
            path = saving.write_new(self.folder, name, ".csv", saving.data_text(self.sides))
            self._say(f"Saved: {path.name}")

        self._try(saved)

    # --- what the page draws -----------------------------------------------------------------------

    @cached_property
    def programmes(self) -> list[dict[str, Any]]:
        """The programmes that can be chosen, the config that was opened first."""
        found = [entry.as_dict() for entry in catalogue.programmes()]
        if self.opened is None:
            return found
        own = {"name": OPENED, "title": f"{self.opened.title} (the config you opened)",
               "text": self.opened.description.partition("\n")[0], "sources": list(self.opened.sources)}  # fmt: skip
        return [own, *found]

    def chosen(self, name: str) -> dict[str, Any]:
        """What a scenario is made of, as the page shows it.

        Returns:
            `title`, `programmes` and `setting` chosen; `values` by parameter, of each programme's own levers too where
            there are `several`; and the names of those set by `hand`.
        """
        side = self._built[name]
        if self._chosen.get(name, (None,))[0] is not side:
            self._chosen[name] = (side, self._told_choice(side))
        return self._chosen[name][1]

    def _told_choice(self, side: Side) -> dict[str, Any]:
        choice, scenario = side.choice, side.scenario
        values = {spec.name: scenario[spec.name] for spec in REGISTRY.values() if spec.role in catalogue.ROLES}
        for programme in choice.several:
            values |= {f"{programme}/{lever}": scenario[f"{programme}/{lever}"] for lever in LEVERS}
        return {
            "title": choice.title(self.opened), "programmes": list(choice.programmes), "setting": choice.setting,
            "values": values, "hand": list(choice.values), "several": list(choice.several),
        }  # fmt: skip

    def map_of(self, name: str) -> dict[str, Any]:
        """A scenario's map: `nodes` that stay, their `marks`, `ties` as paths, partnerships as `lines`, and `alt`."""
        side = self._built[name]
        marks = geometry.mark_list(side.state)
        lines = geometry.partnership_lines(side.state, side.places, side.names)
        badges = sum(badge for badge, _ in marks)
        alt = (
            f"Map of scenario {name}: {len(marks)} schools, {int(side.state.ties.alive.sum())} ties, "
            f"{len(lines)} partnerships at work, {badges} schools with a badge."
        )
        return {
            "nodes": self._nodes_of(name), "marks": marks, "lines": lines, "alt": alt,
            "ties": geometry.acquaintance_paths(side.state, side.places),
        }  # fmt: skip

    def _nodes_of(self, name: str) -> list[dict[str, Any]]:
        side = self._built[name]
        if self._nodes.get(name, (None,))[0] is not side:
            self._nodes[name] = (side, geometry.node_list(side.system, side.places, side.names))
        return self._nodes[name][1]

    def school_list(self) -> list[dict[str, str]]:
        """The schools by name, for a list."""
        nodes = self._nodes_of(A)
        return sorted(({"id": node["id"], "name": node["name"]} for node in nodes), key=lambda one: one["name"])

    @property
    def layout_shown(self) -> str:
        """How schools stand."""
        return self.layout or geometry.usual_layout(self._built[A].system)

    def charts(self) -> list[dict[str, Any]]:
        """The curves; see `curves.charts`."""
        return curves.charts(self.sides, self.outcomes, difference=self.difference)

    def stories(self) -> list[dict[str, Any]]:
        """The story that is open, of a school or a teacher in both scenarios; each with its `side`."""
        if self.selected is None:
            return []
        # A partnership, a broker's work and a network come about in one scenario; schools and people are in both.
        shared = self.selected.kind in ("school", "teacher")
        shown = (
            self.sides if shared else {name: side for name, side in self.sides.items() if name == self.selected.side}
        )
        return [{"side": name, **story_so_far(side, self.selected)} for name, side in shown.items()]

    def lists(self) -> dict[str, dict[str, list[dict[str, str]]]]:
        """Brokers and networks that can be clicked, by scenario."""
        return {name: brokers_and_networks(side) for name, side in self.sides.items()}

    def python(self) -> dict[str, str]:
        """The Python that makes each scenario again."""
        return {name: saving.python_text(side) for name, side in self.sides.items()}

    # --- messages ------------------------------------------------------------------------------------

    def _quiet(self) -> None:
        self.error = self.notice = ""
        self.revision += 1

    def _say(self, text: str) -> None:
        self._quiet()
        self.notice = text

    def _try(self, action: Callable[[], None]) -> None:
        """Do it, or say why not."""
        self._quiet()
        try:
            action()
        except UserError as error:
            text = str(error)
            self.error = f"{text[:1].upper()}{text[1:]}"
            self.playing = False
            self.refused += 1


def _whole(given: object, what: str, low: int, high: int) -> int:
    """A whole number that was typed.

    Raises:
        UserError: It is none, or out of bounds.
    """
    text = str(given).strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(high)) else -1
    if not low <= number <= high:
        raise UserError(f"{what} is a whole number from {low} to {high}, not {text[:40]!r}.")
    return number
