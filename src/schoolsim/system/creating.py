"""The birth of a practice that neither school had (M09)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import CREATED
from schoolsim.rules.practice import appeal, away, unfamiliarity
from schoolsim.system.state import Knowledge, Ledger, Partnerships, Practices, Repertoires, Schools, Teachers
from schoolsim.system.tables import free_slot


@compiled
def create(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    partnerships: Partnerships, ledger: Ledger,
    slot: int, pair: int, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """A pair's dialogue gives a new practice, at home half-way between the two schools.

    Where every slot holds a practice, nothing is born.
    """
    made = free_slot(practices)
    if made < 0:
        return
    originator, partner, focus = partnerships.originator[slot], partnerships.partner[slot], partnerships.focus[slot]
    uid = partnerships.uid[slot]
    practices.alive[made] = 1
    practices.born[made] = step
    practices.kind[made], practices.tacit[made] = practices.kind[focus], practices.tacit[focus]
    practices.hours[made] = practices.hours[focus]
    practices.evidence[made], practices.scope[made] = 0.0, practices.scope[focus]
    practices.dependence[made] = p.creation_dependence_kept * practices.dependence[focus]
    luck = draws.normal(seed, draws.CREATED, step, uid, 0)
    practices.effect[made] = (
        p.creation_effect_base + p.creation_effect_kept * practices.effect[focus] + p.creation_effect_spread * luck
    )
    practices.appeal[made] = appeal(luck, draws.normal(seed, draws.CREATED, step, uid, 1), p.practice_appeal_truth)
    for axis in range(practices.home.shape[1]):
        practices.home[made, axis] = 0.5 * (schools.context[originator, axis] + schools.context[partner, axis])
    for school in range(schools.uid.shape[0]):
        repertoires.distance[school, made] = unfamiliarity(away(practices.home[made], schools.context[school]))
    for post in (partnerships.giver[slot, pair], partnerships.learner[slot, pair]):
        knowledge.mastery[post, made] = p.creation_mastery
        knowledge.tuning[post, made] = 1.0
        knowledge.ownership[post, made] = 1.0
    ledger.counts[CREATED] += 1.0
