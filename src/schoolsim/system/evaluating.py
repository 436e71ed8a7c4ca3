"""How the programme's partnerships are judged: formally by value added, or informally by what is seen (M40)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ENDED, EVALUATED, JUDGED, STOPPED, STOPPED_WRONGLY, TURNED
from schoolsim.rules.accountability import measured_value
from schoolsim.rules.words import FORMAL, INFORMAL
from schoolsim.system.partnering import assign_pairs, choose_focus, end
from schoolsim.system.state import (
    Knowledge,
    Ledger,
    Parameters,
    Partnerships,
    Practices,
    Repertoires,
    Schools,
    Teachers,
    Ties,
)

LEARNT = 0.1  # mastery gained by a learner from which stopping a partnership is counted as wrong
SOONEST, GLANCES = 6, 2  # half-terms before value added, and before what is seen in class, is looked at


@compiled
def ask_for_evaluation(
    schools: Schools, partnerships: Partnerships, ledger: Ledger, parameters: Parameters, step: int
) -> None:
    """Claim the hours and pounds this half-term's evaluation takes."""
    p = parameters[0]
    formal = p.evaluation_kind == FORMAL
    if formal and step % 6 != 5:
        return
    for slot in range(partnerships.alive.shape[0]):
        if not (partnerships.alive[slot] and partnerships.programme[slot]):
            continue
        hours = p.evaluation_hours if formal else p.evaluation_talk
        schools.evaluating_hours[partnerships.originator[slot]] += hours
        schools.evaluating_hours[partnerships.partner[slot]] += hours
        if formal:
            cost = min(partnerships.pounds[slot], p.evaluation_pounds)
            partnerships.pounds[slot] -= cost
            ledger.pounds[EVALUATED] += cost


@compiled
def judge(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, partnerships: Partnerships, ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    """Formally, stop what has not raised measured value added; informally, turn to what is seen to be of more use."""
    p = parameters[0]
    if p.evaluation_kind == FORMAL and step % 6 != 5:
        return
    for slot in range(partnerships.alive.shape[0]):
        if not (partnerships.alive[slot] and partnerships.programme[slot]):
            continue
        partner, uid = partnerships.partner[slot], partnerships.uid[slot]
        age = step + 1 - partnerships.began[slot]
        if p.evaluation_kind == FORMAL and age >= max(SOONEST, p.programme_patience):
            luck = draws.normal(seed, draws.EVALUATE, step, schools.uid[partner], 0)
            rise = measured_value(schools.value[partner], luck, p) - partnerships.value_began[slot]
            ledger.counts[JUDGED] += 1.0
            stops = draws.uniform(seed, draws.EVALUATION_STOP, step, uid, 0) < p.evaluation_stops
            if rise < p.evaluation_bar and stops:
                ledger.counts[STOPPED] += 1.0
                ledger.counts[STOPPED_WRONGLY] += 1.0 if partnerships.learnt[slot] >= LEARNT else 0.0
                ledger.counts[ENDED] += 1.0
                end(schools, partnerships, slot)
        elif p.evaluation_kind == INFORMAL and step - partnerships.refocused[slot] >= GLANCES:
            seen = partnerships.gain[slot] + p.evaluation_glance * draws.normal(seed, draws.GLANCE, step, uid, 0)
            if seen < p.evaluation_noticed:
                ledger.counts[TURNED] += 1.0
                choose_focus(practices, schools, repertoires, ties, partnerships, ledger, slot, p, seed, step)
                assign_pairs(schools, teachers, knowledge, partnerships, slot, p, seed, step)
