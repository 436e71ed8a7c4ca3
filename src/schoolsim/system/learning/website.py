"""A website of practice: it needs no ties and no travel, and reaches those who look (M03, M20; §3.24, §3.41)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.modes import Terms
from schoolsim.system.learning.episodes import Contact, learn
from schoolsim.system.learning.friends import HALF_ENGAGED
from schoolsim.system.partnerships.pairs import readiness
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.ledger import LEARNT_WEBSITE, READING
from schoolsim.system.time_money.budgets import own_time

WHETHER, SCHOOL, SOMEBODY, TRIED = 0, 1, 2, 3  # draws of whether a teacher looks, at whose entry, and tries it
MOST_READY = 1.5  # readiness of the wholly enterprising


@compiled
def reading_terms() -> Terms:
    """Reading up goes at the pace of replication: nobody at one's side, nothing tuned but by oneself."""
    return Terms(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0)


@compiled
def look_up(state: State, p: Parameters, clock: Clock) -> None:
    """Enterprising teachers look up what they work on: one entry by any teacher, which teaches who knows less."""
    schools, roster, teachers, mastery = state.schools, state.roster, state.teachers, state.knowledge.mastery
    seed, step = clock.seed, clock.half_term
    terms = reading_terms()
    for post in range(teachers.rows):
        uid, focus = teachers.uid[post], teachers.focus[post]
        here = levers_at(schools, teachers.school[post], p)
        chance = here.website_rate * readiness(teachers, post, here.outreach_diffident, p) / MOST_READY
        if focus < 0 or draws.uniform(seed, draws.WEBSITE, step, uid, WHETHER) >= chance:
            continue
        # What comes up is what looks good to readers, not what is best: one entry, by somebody anywhere.
        school = roster.order[int(draws.uniform(seed, draws.WEBSITE, step, uid, SCHOOL) * roster.rows)]
        seen = schools.first[school] + int(
            draws.uniform(seed, draws.WEBSITE, step, uid, SOMEBODY) * schools.staff[school]
        )
        tried = draws.uniform(seed, draws.WEBSITE, step, uid, TRIED) < state.practices.appeal[focus]
        own_time(state.ledger, p.website_hours, READING)
        if tried and mastery[seen, focus] > mastery[post, focus]:
            contact = Contact(p.website_hours, HALF_ENGAGED, 0.0, 0.0, LEARNT_WEBSITE)
            learn(state, p, (post, seen), focus, contact, terms)
