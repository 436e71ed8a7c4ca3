"""Climate of a school: what it adds beside its teachers' practice, what lasts of it, and what its area has (§3.31)."""

from __future__ import annotations

import math

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import ORIGINATOR, PARTNER, SUPPORTED
from schoolsim.rules.market import own_climate_kept
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.slots import fill

WAVES = 64  # plane waves whose sum is how areas differ
EAST, NORTH, SLOWNESS, PHASE = 0, 1, 2, 3  # draws of a wave


@compiled
def draw_area_climates(state: State, p: Parameters, clock: Clock) -> None:
    """How the areas schools stand in differ: likeness falls exponentially with distance, and each is drawn once.

    A sum of plane waves whose lengths follow a Cauchy law: the spectrum of an exponential correlation in the plane
    (Rahimi & Recht 2007, random Fourier features).
    """
    schools, seed = state.schools, clock.seed
    fill(schools.area_climate, 0.0)
    height = p.school_climate_sd * math.sqrt(p.school_climate_area) * math.sqrt(2.0 / WAVES)
    for wave in range(WAVES):
        slow = p.school_climate_reach * max(1e-9, abs(draws.normal(seed, draws.AREA_WAVE, 0, wave, SLOWNESS)))
        east = draws.normal(seed, draws.AREA_WAVE, 0, wave, EAST) / slow
        north = draws.normal(seed, draws.AREA_WAVE, 0, wave, NORTH) / slow
        phase = 2.0 * math.pi * draws.uniform(seed, draws.AREA_WAVE, 0, wave, PHASE)
        for school in range(schools.rows):
            turned = east * schools.east[school] + north * schools.north[school] + phase
            schools.area_climate[school] += height * math.cos(turned)


@compiled
def draw_climates(state: State, p: Parameters, clock: Clock) -> None:
    """Every school's climate as the run begins: its place's, and its own."""
    schools = state.schools
    draw_area_climates(state, p, clock)
    spread = p.school_climate_sd * math.sqrt(1.0 - p.school_climate_area)
    for school in range(schools.rows):
        luck = draws.normal(clock.seed, draws.CLIMATE, clock.half_term, schools.uid[school], 0)
        schools.climate[school] = schools.area_climate[school] + spread * luck


@compiled
def climates_drift(state: State, p: Parameters, clock: Clock) -> None:
    """Once a year: an autoregressive step of a school's own, whose luck is the larger under a head new this year."""
    schools = state.schools
    own = p.school_climate_sd * math.sqrt(1.0 - p.school_climate_area)
    for school in range(schools.rows):
        kept = own_climate_kept(schools.head_since[school] == clock.half_term, p)
        luck = draws.normal(clock.seed, draws.CLIMATE, clock.half_term, schools.uid[school], 0)
        stays = schools.area_climate[school] + kept * (schools.climate[school] - schools.area_climate[school])
        schools.climate[school] = stays + own * math.sqrt(1.0 - kept * kept) * luck
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
