"""Running a system while somebody is watched, and telling what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from schoolsim.config import StudyConfig, load_config
from schoolsim.parameters.errors import UserError, did_you_mean
from schoolsim.stories import names
from schoolsim.stories.brokers import BrokerWatch
from schoolsim.stories.networks import NetworkWatch
from schoolsim.stories.partnerships import PartnershipWatch
from schoolsim.stories.schools import SchoolWatch
from schoolsim.stories.teachers import TeacherWatch
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.schema import HALF_TERMS


class Watch(Protocol):
    """Looks at a run after every half-term, and tells of one of those it saw."""

    def look(self, run: Simulation, half_term: int) -> None:
        """Note what is there after a half-term."""

    def pick(self, which: int | None) -> int:
        """The number of the one to tell of: `which`, or a telling one.

        Raises:
            UserError: There is no such one, or none at all.
        """

    def tell(self, number: int) -> dict[int, list[str]]:
        """Sentences by half-term."""

    def title(self, number: int) -> str:
        """Who it is about."""

    picked: str
    """How one is picked where nobody asks for one."""


KINDS: Final[Mapping[str, type[Watch]]] = {
    "partnership": PartnershipWatch, "school": SchoolWatch, "teacher": TeacherWatch, "broker": BrokerWatch,
    "network": NetworkWatch,
}  # fmt: skip
"""Who a story can be about."""


@dataclass(frozen=True)
class Chapter:
    """A half-term: `when` as a school says it, and what happened."""

    half_term: int
    when: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """What happened to one of them.

    Args:
        title: Who it is about.
        number: By which it can be asked for again.
        picked: How it was picked.
        seed: Of the run.
        chapters: The half-terms in which something happened.
        path: Of a partnership, a row a half-term, as `PartnershipWatch.path` has it; empty of others.
    """

    title: str
    number: int
    picked: str
    seed: int
    chapters: tuple[Chapter, ...]
    path: tuple[Mapping[str, object], ...] = ()

    def __str__(self) -> str:
        """The story to read."""
        parts = [self.title, f"(seed {self.seed}; {self.picked})"]
        parts += [f"{one.when}. {' '.join(one.sentences)}" for one in self.chapters]
        return "\n\n".join(parts)


def chapters(told: Mapping[int, list[str]]) -> tuple[Chapter, ...]:
    """The half-terms in which something happened, in order."""
    return tuple(Chapter(step, names.when(step), tuple(told[step])) for step in sorted(told) if told[step])


def story(
    kind: str,
    config: StudyConfig | str | Path,
    *,
    seed: int = 1,
    which: int | None = None,
    years: int = 3,
    burn_in_years: int = 1,
) -> Story:
    """Run a config once and tell of one partnership, school, teacher, broker or network.

    Args:
        kind: One of `KINDS`.
        config: A programme or a study of one point: loaded, or by name or path.
        seed: Of the run.
        which: The number of the one to tell of, of a school its URN; a telling one when None.
        years: Years of policy.
        burn_in_years: Years before it.

    Raises:
        UserError: There is no such kind, or none of that kind in the run.
    """
    watch = watched(kind, config, seed=seed, years=years, burn_in_years=burn_in_years)
    number = watch.pick(which)
    picked = watch.picked if which is None else "asked for by its number"
    path = watch.path(number) if isinstance(watch, PartnershipWatch) else ()
    return Story(watch.title(number), number, picked, seed, chapters(watch.tell(number)), path)


def watched(
    kind: str, config: StudyConfig | str | Path, *, seed: int = 1, years: int = 3, burn_in_years: int = 1
) -> Watch:
    """Run a config once and look, after every half-term, at all of a kind; see `story`, which tells of one of them.

    Raises:
        UserError: There is no such kind, or the config is more than one run.
    """
    if kind not in KINDS:
        raise UserError(f'no story is told of a "{kind}".{did_you_mean(kind, KINDS)} There are: {", ".join(KINDS)}.')
    study = config if isinstance(config, StudyConfig) else load_config(config)
    if study.axes():
        raise UserError(f"{study.title} varies {study.axes()[0]}: a story is of one run, so give it one value.")
    scenario = study.scenario()
    given = study.population.model_dump()
    authority = given["authority"]
    given["authority"] = tuple(authority) if isinstance(authority, list) else authority
    people = Population(**given)
    run = Simulation(
        scenario, seed, people.table(scenario, seed), burn_in_years=burn_in_years, outcomes=(), ties=people.first_ties()
    )  # fmt: skip
    run.run(0)
    watch = KINDS[kind]()
    for half_term in range(HALF_TERMS * years):
        run.step()
        watch.look(run, half_term)
    return watch
