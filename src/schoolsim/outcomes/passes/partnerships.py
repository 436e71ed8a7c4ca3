"""Partnerships: how many, in which mode, how old, on what they work."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.passes.statistics import likeness
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ADAPTATION, CREATION, EXCHANGE, REPLICATION
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import DISCLOSED, FOCUSES
from schoolsim.system.state.slots import total

COURTING, SETTLED = 0.5, 0.75  # shares of their hours left for the work that count as one or the other, as outcomes say


class Columns(Group):
    """One row, a column an outcome."""

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
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    schools, partnerships, repertoire = state.schools, state.partnerships, state.repertoires.mastery
    modes = np.zeros(CREATION + 1)
    active, in_programme, age, engagement, courting, settled = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    own, alike = 0.0, 0.0
    for slot in range(partnerships.rows):
        if not partnerships.alive[slot]:
            continue
        active += 1.0
        modes[partnerships.mode[slot]] += 1.0
        in_programme += 1.0 if partnerships.programme[slot] > 0 else 0.0
        age += clock.half_term - partnerships.began[slot] + 1
        engagement += partnerships.engagement[slot]
        courting += 1.0 if partnerships.working[slot] < COURTING else 0.0
        settled += 1.0 if partnerships.working[slot] >= SETTLED else 0.0
        own += partnerships.own_need[slot]
        alike += likeness(repertoire[partnerships.originator[slot]], repertoire[partnerships.partner[slot]])
    columns.partnerships_active[0] = active
    columns.partnerships_replication[0], columns.partnerships_adaptation[0] = modes[REPLICATION], modes[ADAPTATION]
    columns.partnerships_exchange[0], columns.partnerships_creation[0] = modes[EXCHANGE], modes[CREATION]
    columns.partnerships_programme[0] = in_programme
    columns.partnerships_age[0] = age / active if active > 0.0 else np.nan
    columns.partnerships_courting[0] = courting / active if active > 0.0 else np.nan
    columns.partnerships_settled[0] = settled / active if active > 0.0 else np.nan
    columns.engagement_mean[0] = engagement / active if active > 0.0 else np.nan
    columns.needs_own[0] = own / active if active > 0.0 else np.nan
    columns.repertoires_alike[0] = alike / active if active > 0.0 else np.nan
    columns.originated_ever[0] = total(schools.originated) / schools.rows


def disclosed_share(state: State, p: Parameters, clock: Clock) -> float:
    """Focuses chosen after a weakness was admitted, of all chosen."""
    counts = state.ledger.counts
    return float(counts[DISCLOSED] / max(1.0, counts[FOCUSES]))
