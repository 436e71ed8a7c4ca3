"""Learning from others: transfers, and how able people are to learn and to pass on."""

from __future__ import annotations

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State


class Columns(Group):
    """One row, a column an outcome."""

    learning_mean: Float64Array
    transfer_mean: Float64Array
    dependence_mean: Float64Array


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    teachers = state.teachers
    number = teachers.rows
    learning, transfer, dependence = 0.0, 0.0, 0.0
    for post in range(number):
        learning += teachers.learning[post] / number
        transfer += teachers.transfer[post] / number
        dependence += teachers.dependence[post] / number
    columns.learning_mean[0], columns.transfer_mean[0], columns.dependence_mean[0] = learning, transfer, dependence
