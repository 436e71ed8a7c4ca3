"""A website of practice: it needs no ties and no travel, and reaches those who look (M03, M20; §3.24, §3.41)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import INFORMAL
from schoolsim.rules.modes import Terms
from schoolsim.system.lessons import learn
from schoolsim.system.pairing import reaches_out
from schoolsim.system.state import Events, Knowledge, Ledger, Parameters, Practices, Roster, Schools, Teachers

LOOKS = 5  # entries a reader compares
MOST_READY = 1.5  # readiness of the wholly enterprising


@compiled
def reading_terms(p: np.record) -> Terms:
    """Reading up: nobody at one's side, nothing tuned but by oneself."""
    return Terms(p.replication_pace, 0.0, p.replication_tuning, p.replication_ownership, 1.0, 0.0, 0.0, 1.0)


@compiled
def look_up(
    practices: Practices, schools: Schools, roster: Roster, teachers: Teachers, knowledge: Knowledge, events: Events,
    ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    """Enterprising teachers look up what they are working on, put there by someone anywhere who does it well."""
    p = parameters[0]
    if p.website_rate <= 0.0 or step < 0:
        return
    how = reading_terms(p)
    number = roster.order.shape[0]
    for post in range(teachers.uid.shape[0]):
        uid, focus = teachers.uid[post], teachers.focus[post]
        chance = p.website_rate * reaches_out(teachers, post, p.outreach_diffident, p) / MOST_READY
        if focus < 0 or draws.uniform(seed, draws.WEBSITE, step, uid, 0) >= chance:
            continue
        best = post
        for look in range(LOOKS):
            school = roster.order[int(draws.uniform(seed, draws.WEBSITE, step, uid, 1 + 2 * look) * number)]
            draw = draws.uniform(seed, draws.WEBSITE, step, uid, 2 + 2 * look)
            seen = schools.first[school] + int(draw * schools.staff[school])
            if knowledge.mastery[seen, focus] > knowledge.mastery[best, focus]:
                best = seen
        ledger.counts[INFORMAL] += 1.0
        if best != post:
            learn(
                practices, teachers, knowledge, events, ledger, post, best, focus, p.website_hours, 0.5, 0.5,
                0.0, 0.0, how, p,
            )  # fmt: skip
