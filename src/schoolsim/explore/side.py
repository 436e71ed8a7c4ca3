"""One of the scenarios on the screen: a system that runs, and everybody in it who is watched for their story."""

from __future__ import annotations

import threading
from typing import Final

from schoolsim.config import StudyConfig
from schoolsim.explore.choice import Choice, checked_choice
from schoolsim.explore.geometry import places_of
from schoolsim.stories import KINDS, Watch, names
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Population
from schoolsim.system.state import State
from schoolsim.system.state.schema import HALF_TERMS

RUNNING: Final = threading.Lock()
"""Held while a system is built or steps: pages in two windows share the runs without programmes."""


class Side:
    """A scenario and the system that runs it.

    Attributes:
        choice: What it is made of.
        config: The config that it stands for.
        scenario: The values of all its parameters.
        system: The system, as far as it has run.
        watches: Who is watched, by kind of story.
        names: Of the schools in stories, row by row.
        places: Where each school stands on the map, row by row, in the units of the drawing.
    """

    def __init__(self, choice: Choice, opened: StudyConfig | None, seed: int, layout: str = "") -> None:
        """Build the system before its first half-term.

        Args:
            choice: What it is made of.
            opened: The config that the explorer was opened with.
            seed: Of the run.
            layout: "geographic" or "force"; what suits the schools when empty.

        Raises:
            UserError: The parts do not go together.
        """
        self.choice = choice
        self.config = checked_choice(choice, opened, seed)
        self.scenario = scenario = self.config.scenario()
        given = self.config.population.model_dump()
        authority = given["authority"]
        given["authority"] = tuple(authority) if isinstance(authority, list) else authority
        with RUNNING:
            people = Population(**given)
            table = people.table(scenario, seed)
            self.system = SchoolSystem(
                parameters=scenario.changed(), seed=seed, schools=table, burn_in_years=self.config.burn_in_years,
                years=self.config.years, ties=people.first_ties(),
            )  # fmt: skip
            self.places = places_of(self.system, layout)
        self.names = [names.school(self.state, row) for row in range(len(self.state.schools))]
        self.watches: dict[str, Watch] = {kind: watch() for kind, watch in KINDS.items()}

    def lay_out(self, layout: str) -> None:
        """Stand schools by another layout, as it is now.

        Raises:
            UserError: Places on the ground are asked for and not known.
        """
        with RUNNING:
            self.places = places_of(self.system, layout)

    @property
    def state(self) -> State:
        """The columns as they stand."""
        return self.system.simulation.state

    @property
    def half_term(self) -> int:
        """Number of the half-term that comes next; 0 is when the policy begins."""
        return self.system.half_term

    @property
    def end(self) -> int:
        """Number of the half-term after the last."""
        return HALF_TERMS * self.config.years

    def step(self) -> None:
        """Run one half-term, and note what happened to everybody."""
        with RUNNING:
            now = self.half_term
            self.system.step()
            if now >= 0:
                for watch in self.watches.values():
                    watch.look(self.system.simulation, now)
