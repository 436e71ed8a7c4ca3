"""Partnerships: how many, in which mode, how old, on what they work."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.outcome import Account, Function, Outcome, Pass
from schoolsim.outcomes.statistics import likeness
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ADAPTATION, COURTSHIP, CREATION, EXCHANGE, REPLICATION, SETTLED
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import BEGUN, DISCLOSED, DRIFTED, ENDED, FOCUSES
from schoolsim.system.state.slots import total


class PartnershipOutcomes(Group):
    """One row."""

    partnerships_active: Float64Array
    partnerships_replication: Float64Array
    partnerships_adaptation: Float64Array
    partnerships_exchange: Float64Array
    partnerships_creation: Float64Array
    partnerships_programme: Float64Array
    partnerships_age: Float64Array
    partnerships_courting: Float64Array
    partnerships_settled: Float64Array
    engagement_mean: Float64Array
    needs_own: Float64Array
    repertoires_alike: Float64Array
    originated_ever: Float64Array


@compiled
def _fill(state: State, p: Parameters, clock: Clock, found: PartnershipOutcomes) -> None:
    schools, partnerships, repertoire = state.schools, state.partnerships, state.repertoires.mastery
    modes = np.zeros(CREATION + 1)
    active, in_programme, age, engagement, courting, settled = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    own, alike = 0.0, 0.0
    for slot in range(partnerships.rows):
        if not partnerships.alive[slot]:
            continue
        active += 1.0
        modes[partnerships.mode[slot]] += 1.0
        in_programme += partnerships.programme[slot]
        age += clock.half_term - partnerships.began[slot] + 1
        engagement += partnerships.engagement[slot]
        courting += 1.0 if partnerships.working_phase[slot] == COURTSHIP else 0.0
        settled += 1.0 if partnerships.working_phase[slot] == SETTLED else 0.0
        own += partnerships.own_need[slot]
        alike += likeness(repertoire[partnerships.originator[slot]], repertoire[partnerships.partner[slot]])
    found.partnerships_active[0] = active
    found.partnerships_replication[0], found.partnerships_adaptation[0] = modes[REPLICATION], modes[ADAPTATION]
    found.partnerships_exchange[0], found.partnerships_creation[0] = modes[EXCHANGE], modes[CREATION]
    found.partnerships_programme[0] = in_programme
    found.partnerships_age[0] = age / active if active > 0.0 else np.nan
    found.partnerships_courting[0] = courting / active if active > 0.0 else np.nan
    found.partnerships_settled[0] = settled / active if active > 0.0 else np.nan
    found.engagement_mean[0] = engagement / active if active > 0.0 else np.nan
    found.needs_own[0] = own / active if active > 0.0 else np.nan
    found.repertoires_alike[0] = alike / active if active > 0.0 else np.nan
    found.originated_ever[0] = total(schools.originated) / schools.rows


def _disclosed(state: State, p: Parameters, clock: Clock) -> float:
    counts = state.ledger.counts
    return float(counts[DISCLOSED] / max(1.0, counts[FOCUSES]))


PARTNERSHIPS = Pass(PartnershipOutcomes, _fill)
DISCLOSED_SHARE: Function = _disclosed

OUTCOMES = (
    Outcome("partnerships.active", "partnerships", "Partnerships at work.", PARTNERSHIPS),
    Outcome("partnerships.replication", "partnerships", "Partnerships that replicate.", PARTNERSHIPS),
    Outcome("partnerships.adaptation", "partnerships", "Partnerships that adapt.", PARTNERSHIPS),
    Outcome("partnerships.exchange", "partnerships", "Partnerships that exchange.", PARTNERSHIPS),
    Outcome("partnerships.creation", "partnerships", "Partnerships that try to create.", PARTNERSHIPS),
    Outcome("partnerships.age", "half-terms", "Age of partnerships, mean.", PARTNERSHIPS),
    Outcome("partnerships.programme", "partnerships", "Partnerships of the programme that are still at work.", PARTNERSHIPS),
    Outcome("partnerships.courting", "share", "Partnerships still getting together, of those at work.", PARTNERSHIPS),
    Outcome("partnerships.settled", "share", "Partnerships in settled work, of those at work.", PARTNERSHIPS),
    Outcome("partnerships.begun", "partnerships/year", "Partnerships begun.", Account("counts", BEGUN), "years"),
    Outcome("partnerships.ended", "partnerships/year", "Partnerships ended.", Account("counts", ENDED), "years"),
    Outcome("engagement.mean", "level", "Engagement of learners in joint work, mean over partnerships.", PARTNERSHIPS),
    Outcome("needs.own", "share", "Partnerships that work on the partner's own need.", PARTNERSHIPS),
    Outcome("disclosure.share", "share", "Focuses chosen after the partner admitted a weakness, of all chosen (0 where none were).", DISCLOSED_SHARE),
    Outcome("focus.drifted", "partnerships/year", "Partnerships that took the fund's theme in place of their own focus.", Account("counts", DRIFTED), "years"),
    Outcome("repertoires.alike", "share", "What both of two schools at work together hold, of what either holds, mean over partnerships.", PARTNERSHIPS),
    Outcome("originated.ever", "share", "Schools that have ever originated, or worked in a mode without originators.", PARTNERSHIPS),
)  # fmt: skip
