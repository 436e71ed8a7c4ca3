"""Climate of a school: what it adds beside its teachers' practice, and what lasts of that (§3.31)."""

from __future__ import annotations

import math

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import ORIGINATOR, PARTNER, SUPPORTED
from schoolsim.system.state import Clock, Parameters, State


@compiled
def draw_climates(state: State, p: Parameters, clock: Clock) -> None:
    """Every school's climate as the run begins."""
    schools = state.schools
    for school in range(schools.rows):
        luck = draws.normal(clock.seed, draws.CLIMATE, clock.half_term, schools.uid[school], 0)
        schools.climate[school] = p.school_climate_sd * luck


@compiled
def climates_drift(state: State, p: Parameters, clock: Clock) -> None:
    """Once a year: an autoregressive step, whose luck is the larger under a head new this year."""
    schools = state.schools
    for school in range(schools.rows):
        new = schools.head_since[school] == clock.half_term
        kept = p.school_climate_kept * (1.0 - p.school_climate_heads if new else 1.0)
        luck = draws.normal(clock.seed, draws.CLIMATE, clock.half_term, schools.uid[school], 0)
        spread = p.school_climate_sd * math.sqrt(1.0 - kept * kept)
        schools.climate[school] = kept * schools.climate[school] + spread * luck
    _lend(state, p)


@compiled
def _lend(state: State, p: Parameters) -> None:
    """A school that others support takes on some of what they are ahead of it, and keeps it as it keeps its own."""
    schools, networks, programmes = state.schools, state.networks, state.programmes
    for network in range(networks.rows):
        if not networks.alive[network] or not networks.led[network] or networks.kind[network] != SUPPORTED:
            continue
        row, total, others = networks.programme[network], 0.0, 0
        for place in range(networks.members[network]):
            member = networks.member[network, place]
            if programmes.role[row, member] == ORIGINATOR:
                total += schools.climate[member]
                others += 1
        for place in range(networks.members[network]):
            member = networks.member[network, place]
            if programmes.role[row, member] == PARTNER and others > 0:
                ahead = total / others - schools.climate[member]
                schools.climate[member] += p.school_climate_lent * max(0.0, ahead)
