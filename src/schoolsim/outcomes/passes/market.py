"""Published results, rolls and who goes to school with whom."""

from __future__ import annotations

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.passes.statistics import dissimilarity, spread, weighted_mean
from schoolsim.outcomes.passes.teaching import better_off, in_role
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import PARTNER
from schoolsim.system.state import Clock, State


class Columns(Group):
    """One row, a column an outcome."""

    attainment_mean: Float64Array
    attainment_partner: Float64Array
    attainment_gap: Float64Array
    attainment_spread: Float64Array
    rolls_spread: Float64Array
    segregation_dissimilarity: Float64Array
    segregation_gorard: Float64Array


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    schools = state.schools
    well_off = better_off(schools)
    columns.attainment_mean[0] = weighted_mean(schools.published, schools.roll)
    columns.attainment_partner[0] = weighted_mean(schools.published, in_role(schools, PARTNER))
    columns.attainment_gap[0] = weighted_mean(schools.published, well_off) - weighted_mean(
        schools.published, schools.poor
    )
    columns.attainment_spread[0] = spread(schools.published)
    columns.rolls_spread[0] = spread(schools.roll)
    columns.segregation_dissimilarity[0] = dissimilarity(schools.poor, well_off)
    # Half the sum of distances between two shares, of the poor and of everybody (Gorard & Taylor 2002).
    columns.segregation_gorard[0] = dissimilarity(schools.poor, schools.roll)
