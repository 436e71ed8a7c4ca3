"""Whose levers are in force: a programme's own in its partnerships, those of an area in its schools."""

from __future__ import annotations

from schoolsim.columns import in_row
from schoolsim.jit import compiled, inlined
from schoolsim.rules.time_money import paid_share
from schoolsim.system.state import Authorities, Clock, Parameters, Partnerships, Programmes, Schools

OWN_INITIATIVE = 0  # row of what schools do by themselves


@inlined
def levers_of(partnerships: Partnerships, slot: int, p: Parameters) -> Parameters:
    """Parameters with the levers of the programme a partnership belongs to."""
    return in_row(p, partnerships.programme[slot])


@inlined
def levers_at(schools: Schools, school: int, p: Parameters) -> Parameters:
    """Parameters with the levers in force at a school."""
    return in_row(p, schools.area[school])


@inlined
def levers_in(authorities: Authorities, authority: int, p: Parameters) -> Parameters:
    """Parameters with the levers in force throughout an authority."""
    return in_row(p, authorities.area[authority])


@compiled
def runs_now(programmes: Programmes, row: int, clock: Clock) -> bool:
    """Whether a programme has begun and not yet ended."""
    return row > OWN_INITIATIVE and programmes.begins[row] <= clock.half_term < programmes.ends[row]


@compiled
def paid_in(programmes: Programmes, row: int, half_term: int, p: Parameters) -> float:
    """Share of a programme's full grant that is paid in a half-term; `p` has its levers."""
    if row == OWN_INITIATIVE or half_term >= programmes.ends[row]:
        return 0.0
    return paid_share(half_term - programmes.begins[row], p)
