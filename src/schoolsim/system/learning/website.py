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
from schoolsim.system.state.ledger import INFORMAL

MOST_READY = 1.5  # readiness of the wholly enterprising


@compiled
def reading_terms(p: Parameters) -> Terms:
    """Reading up: nobody at one's side, nothing tuned but by oneself."""
    return Terms(p.replication_pace, 0.0, p.replication_tuning, p.replication_ownership, 1.0, 0.0, 0.0, 1.0)


@compiled
def look_up(state: State, p: Parameters, clock: Clock) -> None:
    """Enterprising teachers look up what they are working on, put there by someone anywhere who does it well."""
    schools, roster, teachers, mastery = state.schools, state.roster, state.teachers, state.knowledge.mastery
    seed, step = clock.seed, clock.half_term
    terms = reading_terms(p)
    for post in range(teachers.rows):
        uid, focus = teachers.uid[post], teachers.focus[post]
        here = levers_at(schools, teachers.school[post], p)
        chance = here.website_rate * readiness(teachers, post, here.outreach_diffident, p) / MOST_READY
        if focus < 0 or draws.uniform(seed, draws.WEBSITE, step, uid, 0) >= chance:
            continue
        best = post
        for look in range(p.website_looks):
            school = roster.order[int(draws.uniform(seed, draws.WEBSITE, step, uid, 1 + 2 * look) * roster.rows)]
            draw = draws.uniform(seed, draws.WEBSITE, step, uid, 2 + 2 * look)
            seen = schools.first[school] + int(draw * schools.staff[school])
            if mastery[seen, focus] > mastery[best, focus]:
                best = seen
        state.ledger.counts[INFORMAL] += 1.0
        if best != post:
            contact = Contact(p.website_hours, HALF_ENGAGED, HALF_ENGAGED, 0.0, 0.0)
            learn(state, p, (post, best), focus, contact, terms)
