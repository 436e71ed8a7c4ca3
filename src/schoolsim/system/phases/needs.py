"""4. Needs: schools and teachers settle on what they want to be better at."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.accountability import safe
from schoolsim.rules.colleagues import worth
from schoolsim.rules.search import wish
from schoolsim.system.state import (
    Clock,
    Knowledge,
    Parameters,
    Partnerships,
    Practices,
    Repertoires,
    Schools,
    State,
    Teachers,
)


@compiled
def rarities(schools: Schools, repertoires: Repertoires) -> np.ndarray:
    """How rare each practice is in each authority (authority, practice): 0 the one most held, 1 held nowhere."""
    number = repertoires.mastery.shape[1]
    held = np.zeros((np.max(schools.authority) + 1, number))
    for school in range(repertoires.mastery.shape[0]):
        for one in range(number):
            held[schools.authority[school], one] += repertoires.mastery[school, one]
    for authority in range(held.shape[0]):
        most = max(1e-9, np.max(held[authority]))
        for one in range(number):
            held[authority, one] = 1.0 - held[authority, one] / most
    return held


@compiled
def _schools_need(
    practices: Practices, schools: Schools, repertoires: Repertoires, parameters: Parameters, seed: int, year: int
) -> None:
    p = parameters[0]
    rare = rarities(schools, repertoires)
    for school in range(schools.uid.shape[0]):
        rarity = rare[schools.authority[school]]
        best, found = -1.0, -1
        # An analysis of the school's own looks past what is in fashion, and is less a matter of luck (R14).
        analysed = schools.analysed[school]
        for one in range(practices.alive.shape[0]):
            if practices.alive[one]:
                looks = practices.appeal[one]
                looks += analysed * (worth(practices.effect[one], p) - looks)
                wanted = wish(
                    looks,
                    repertoires.mastery[school, one],
                    practices.dependence[one],
                    repertoires.distance[school, one],
                )
                wanted *= safe(schools.felt[school], rarity[one], p)
                wanted += (
                    (1.0 - analysed) * p.need_noise * draws.uniform(seed, draws.NEED, year, schools.uid[school], one)
                )
                if wanted > best:
                    best, found = wanted, one
        schools.need[school] = found


@compiled
def _agenda(schools: Schools, partnerships: Partnerships, practices: int) -> np.ndarray:
    """What each school works on with a partner (school, practice): 1 or 0."""
    agenda = np.zeros((schools.uid.shape[0], practices), dtype=np.float32)
    for slot in range(partnerships.alive.shape[0]):
        if partnerships.alive[slot]:
            agenda[partnerships.partner[slot], partnerships.focus[slot]] = np.float32(1.0)
            if partnerships.back[slot] >= 0:
                agenda[partnerships.originator[slot], partnerships.back[slot]] = np.float32(1.0)
    return agenda


@compiled
def _teachers_focus(
    practices: Practices,
    schools: Schools,
    repertoires: Repertoires,
    teachers: Teachers,
    knowledge: Knowledge,
    partnerships: Partnerships,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """Each teacher keeps one focus at home for a while: their school's tradition, and what is on its agenda."""
    p = parameters[0]
    number = practices.alive.shape[0]
    rare = rarities(schools, repertoires)
    agenda = _agenda(schools, partnerships, number)
    draw = np.empty(number)
    weight = np.empty(number)
    for school in range(schools.uid.shape[0]):
        told = p.home_agenda * schools.communication[school]
        rarity = rare[schools.authority[school]]
        for one in range(number):
            weight[one] = (
                practices.alive[one]
                * practices.appeal[one]
                * (repertoires.mastery[school, one] + told * agenda[school, one])
                * safe(schools.felt[school], rarity[one], p)
            )
        for post in range(schools.first[school], schools.past[school]):
            teachers.focus_age[post] += 1
            if teachers.focus[post] >= 0 and teachers.focus_age[post] < p.home_focus_kept:
                continue
            for one in range(number):
                draw[one] = 0.5 + draws.uniform(seed, draws.FOCUS, step, teachers.uid[post], one)
            best, found = -1.0, 0
            for one in range(number):
                wanted = weight[one] * (1.0 - knowledge.mastery[post, one]) * draw[one]
                if wanted > best:
                    best, found = wanted, one
            teachers.focus[post] = found
            teachers.focus_age[post] = 0


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Settle schools' needs each year and teachers' focus when the last one has had its time."""
    if clock.year_begins:
        _schools_need(state.practices, state.schools, state.repertoires, p, clock.seed, clock.half_term)
    _teachers_focus(
        state.practices,
        state.schools,
        state.repertoires,
        state.teachers,
        state.knowledge,
        state.partnerships,
        p,
        clock.seed,
        clock.half_term,
    )
