"""Which teachers of two schools work together (M18, M20; departments §3.45, roles §3.22)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.headship import participation
from schoolsim.rules.identity import seeks_out
from schoolsim.rules.initiative import initiative, within_reach
from schoolsim.rules.words import MIDDLE, MIDDLE_LEADER, SECONDARY
from schoolsim.system.covered import is_granted
from schoolsim.system.inside import best_advanced
from schoolsim.system.state import PAIRS, Knowledge, Partnerships, Schools, Teachers


@compiled
def pairs_wanted(schools: Schools, partnerships: Partnerships, slot: int, p: np.record) -> int:
    """Teacher pairs of a partnership: a share of the smaller staff, larger where there is money (M27)."""
    funded = is_granted(partnerships, slot, p)
    share = p.pairs_share_funded if funded else p.pairs_share
    originator, partner = partnerships.originator[slot], partnerships.partner[slot]
    share *= participation(0.5 * (schools.distributed[originator] + schools.distributed[partner]), p)
    staff = min(schools.staff[originator], schools.staff[partner])
    return max(1, min(PAIRS, staff, int(share * staff + 0.5)))


@compiled
def _rank(scores: np.ndarray, wanted: int, rows: np.ndarray) -> None:
    """Put the places of the `wanted` highest scores into `rows`, highest first; the scores are used up."""
    for place in range(wanted):
        best = int(np.argmax(scores))
        rows[place] = best
        scores[best] = -1.0e9


@compiled
def _ast_gives(
    schools: Schools, teachers: Teachers, knowledge: Knowledge, partnerships: Partnerships,
    slot: int, wanted: int, p: np.record,
) -> None:  # fmt: skip
    """An advanced skills teacher who knows the practice works with the first of the learners (§3.21)."""
    focus = partnerships.focus[slot]
    post = best_advanced(schools, teachers, knowledge, partnerships.originator[slot], focus)
    if post < 0:
        return
    if knowledge.mastery[post, focus] >= 0.5 * knowledge.mastery[partnerships.giver[slot, 0], focus]:
        for place in range(min(wanted, p.ast_pairs)):
            partnerships.giver[slot, place], partnerships.giver_uid[slot, place] = post, teachers.uid[post]


@compiled
def one_subject(schools: Schools, teachers: Teachers, one: int, other: int) -> bool:
    """Whether two people teach one subject; only secondary schools divide the work so."""
    if schools.phase[teachers.school[one]] != SECONDARY or schools.phase[teachers.school[other]] != SECONDARY:
        return False
    return bool(teachers.department[one] == teachers.department[other])


@compiled
def reaches_out(teachers: Teachers, post: int, outreach: float, p: np.record) -> float:
    """Readiness to take up what is offered: enterprise, less what being dependent takes (M11, M20, R7)."""
    keen = seeks_out(within_reach(teachers.enterprise[post], outreach), p)
    return keen * initiative(teachers.dependence[post], p)


@compiled
def _pair_by_subject(
    schools: Schools, teachers: Teachers, partnerships: Partnerships, slot: int, rows: np.ndarray, wanted: int
) -> None:
    """Pair each giver in turn with the first learner left of the same subject, else with the first left."""
    for place in range(wanted):
        giver, found = partnerships.giver[slot, place], -1
        for seen in range(wanted):
            if rows[seen] >= 0 and (found < 0 or one_subject(schools, teachers, giver, rows[seen])):
                found = seen
                if one_subject(schools, teachers, giver, rows[seen]):
                    break
        partnerships.learner[slot, place] = rows[found]
        partnerships.learner_uid[slot, place] = teachers.uid[rows[found]]
        rows[found] = -1


@compiled
def assign_pairs(
    schools: Schools, teachers: Teachers, knowledge: Knowledge, partnerships: Partnerships, slot: int, p: np.record,
    seed: int, step: int,
) -> None:  # fmt: skip
    """Who works with whom: the able and confident share, those with most to gain and enterprise learn (M18, M20)."""
    originator, partner, focus = partnerships.originator[slot], partnerships.partner[slot], partnerships.focus[slot]
    wanted = pairs_wanted(schools, partnerships, slot, p)
    partnerships.giver[slot, :] = -1
    partnerships.learner[slot, :] = -1
    outreach = p.outreach_diffident if step >= 0 else 0.0
    middle = 0.5 if partnerships.contact[slot] == MIDDLE else 0.0
    rows = np.empty(PAIRS, dtype=np.int64)
    scores = np.empty(schools.staff[originator])
    for place in range(scores.shape[0]):
        post = schools.first[originator] + place
        luck = 0.3 * draws.uniform(seed, draws.PAIR, step, teachers.uid[post], 0)
        scores[place] = knowledge.mastery[post, focus] + 0.5 * (1.0 - outreach) * teachers.confidence[post] + luck
        scores[place] += middle * (teachers.role[post] == MIDDLE_LEADER)
    _rank(scores, wanted, rows)
    shows = np.zeros(p.department_number)
    for place in range(wanted):
        giver = schools.first[originator] + rows[place]
        partnerships.giver[slot, place], partnerships.giver_uid[slot, place] = giver, teachers.uid[giver]
        shows[teachers.department[giver]] += 1.0
    shows /= max(1.0, np.max(shows))
    _ast_gives(schools, teachers, knowledge, partnerships, slot, wanted, p)
    by_subject = schools.phase[originator] == SECONDARY and schools.phase[partner] == SECONDARY
    scores = np.empty(schools.staff[partner])
    for place in range(scores.shape[0]):
        post = schools.first[partner] + place
        luck = 0.3 * draws.uniform(seed, draws.PAIR, step, teachers.uid[post], 1)
        scores[place] = (1.0 - knowledge.mastery[post, focus]) * reaches_out(teachers, post, outreach, p) + luck
        scores[place] += middle * (teachers.role[post] == MIDDLE_LEADER)
        scores[place] += p.department_pairing * by_subject * shows[teachers.department[post]]
    _rank(scores, wanted, rows)
    for place in range(wanted):
        rows[place] += schools.first[partner]
    _pair_by_subject(schools, teachers, partnerships, slot, rows, wanted)
