"""Learning from others: transfers, and how able people are to learn and to pass on."""

from __future__ import annotations

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import DEVELOPING, FOLLOWING, TRANSFERS


class LearningOutcomes(Group):
    """One row."""

    learning_mean: Float64Array
    transfer_mean: Float64Array
    dependence_mean: Float64Array


@compiled
def _fill(state: State, p: Parameters, clock: Clock, found: LearningOutcomes) -> None:
    teachers = state.teachers
    number = teachers.rows
    learning, transfer, dependence = 0.0, 0.0, 0.0
    for post in range(number):
        learning += teachers.learning[post] / number
        transfer += teachers.transfer[post] / number
        dependence += teachers.dependence[post] / number
    found.learning_mean[0], found.transfer_mean[0], found.dependence_mean[0] = learning, transfer, dependence


LEARNING = Pass(LearningOutcomes, _fill)

OUTCOMES = (
    Outcome("transfers.year", "transfers/year", "Teachers who came to master a practice by half through others in another school.", Account("counts", TRANSFERS), "years"),
    Outcome("learning.mean", "level", "How fast teachers learn from any episode (meta-practice), mean.", LEARNING),
    Outcome("transfer.mean", "level", "Skill in passing practice on, mean over teachers.", LEARNING),
    Outcome("dependence.mean", "level", "Dependency on being helped, mean over teachers.", LEARNING),
    Outcome("hours.developing", "hours/year", "Hours of training, enquiry and analysis of needs.", Account("hours", DEVELOPING), "years"),
    Outcome("hours.following", "hours/year", "Hours of contact after the task, both sides.", Account("hours", FOLLOWING), "years"),
)  # fmt: skip
