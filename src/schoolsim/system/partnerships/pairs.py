"""Pairs teachers of two schools who work together (M18, M20; departments §3.45, roles §3.22)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array, Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import MIDDLE, MIDDLE_LEADER, NONE
from schoolsim.rules.headship import participation_factor
from schoolsim.rules.identity import enterprise_with_outreach, outreach_readiness, ripeness
from schoolsim.rules.partnerships import near_share, share_of_own_hours
from schoolsim.system.brokers.internal import best_advanced_teacher
from schoolsim.system.programmes.grants import is_granted
from schoolsim.system.programmes.levers import levers_at, levers_of
from schoolsim.system.state import PAIRS, Clock, Parameters, Partnerships, State, Teachers
from schoolsim.system.state.ledger import REFILLED
from schoolsim.system.state.slots import alive_in_order
from schoolsim.system.teaching.departments import one_subject

TAKEN = -1.0e9  # score of somebody who has been taken already
GIVERS, LEARNERS = 0, 1  # draws of luck in who is taken


@compiled
def pairs_wanted(state: State, p: Parameters, slot: int) -> int:
    """Teacher pairs of a partnership: a share of the smaller staff, larger where there is money (M27)."""
    schools, partnerships = state.schools, state.partnerships
    share = p.pairs_share_funded if is_granted(partnerships, slot, p) else p.pairs_share
    originator, partner = partnerships.originator[slot], partnerships.partner[slot]
    share *= participation_factor(0.5 * (schools.distributed[originator] + schools.distributed[partner]), p)
    share *= near_share(state.ties.miles[partnerships.tie[slot]], p)
    staff = min(schools.staff[originator], schools.staff[partner])
    if partnerships.programme[slot] > 0 and p.programme_teachers > 0:
        return min(PAIRS, staff, p.programme_teachers)
    return max(1, min(PAIRS, staff, int(share * staff + 0.5)))


@compiled
def both_in_post(teachers: Teachers, partnerships: Partnerships, slot: int, pair: int) -> bool:
    """Whether both people of a pair are still in the posts in which they agreed to work together."""
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    if giver < 0 or learner < 0:
        return False
    return (
        teachers.uid[giver] == partnerships.giver_uid[slot, pair]
        and teachers.uid[learner] == partnerships.learner_uid[slot, pair]
    )


@compiled
def readiness(teachers: Teachers, post: int, outreach: float, p: Parameters) -> float:
    """Readiness to take up what is offered: enterprise, less what being dependent takes (M11, M20, R7)."""
    keen = outreach_readiness(enterprise_with_outreach(teachers.enterprise[post], outreach), p)
    return keen * (1.0 - teachers.dependence[post])


@compiled
def _fit_to_give(state: State, p: Parameters, post: int, focus: int, outreach: float) -> float:
    """How fit somebody is to show a practice: as they know it and have ripened in it, and as they trust themselves."""
    knowledge, teachers = state.knowledge, state.teachers
    ripe = ripeness(float(knowledge.years[post, focus]), p)
    return knowledge.mastery[post, focus] * ripe + 0.5 * (1.0 - outreach) * teachers.confidence[post]


@compiled
def _take_highest(scores: Float64Array, wanted: int, places: Int64Array) -> None:
    """Put the places of the `wanted` highest scores into `places`, highest first; the scores are used up."""
    for place in range(wanted):
        best = int(np.argmax(scores))
        places[place] = best
        scores[best] = TAKEN


@compiled
def _advanced_teacher_gives(state: State, p: Parameters, slot: int, kept: int, wanted: int) -> None:
    """An advanced skills teacher who knows the practice works with the first of the learners (§3.21)."""
    teachers, mastery, partnerships = state.teachers, state.knowledge.mastery, state.partnerships
    focus = partnerships.focus[slot]
    post = best_advanced_teacher(state, partnerships.originator[slot], focus)
    if kept < wanted and post >= 0 and mastery[post, focus] >= 0.5 * mastery[partnerships.giver[slot, kept], focus]:
        for place in range(kept, min(wanted, p.ast_pairs)):
            partnerships.giver[slot, place], partnerships.giver_uid[slot, place] = post, teachers.uid[post]


@compiled
def _pair_by_subject(state: State, slot: int, learners: Int64Array, kept: int, wanted: int) -> None:
    """Pair each new giver in turn with the first learner left of the same subject, else with the first left."""
    schools, teachers, partnerships = state.schools, state.teachers, state.partnerships
    for place in range(kept, wanted):
        giver, found = partnerships.giver[slot, place], NONE
        for seen in range(wanted - kept):
            if learners[seen] >= 0 and (found < 0 or one_subject(schools, teachers, giver, learners[seen])):
                found = seen
                if one_subject(schools, teachers, giver, learners[seen]):
                    break
        partnerships.learner[slot, place] = learners[found]
        partnerships.learner_uid[slot, place] = teachers.uid[learners[found]]
        # Talk at home turns to what one is being helped with.
        teachers.focus[learners[found]], teachers.focus_age[learners[found]] = partnerships.focus[slot], 0
        learners[found] = NONE


@compiled
def time_for_it(state: State, p: Parameters, slot: int, post: int) -> float:
    """Share of their own hours a teacher could give to one more pair; all, if a programme pays for named teachers."""
    if state.partnerships.programme[slot] > 0 and p.programme_teachers > 0:
        return 1.0
    return share_of_own_hours(float(state.teachers.pairs[post]))


@compiled
def _count_in(state: State, slot: int, by: int) -> int:
    """Count a partnership's pairs among those its teachers are in, or no longer; how many they are."""
    teachers, partnerships, found = state.teachers, state.partnerships, 0
    for pair in range(PAIRS):
        if both_in_post(teachers, partnerships, slot, pair):
            teachers.pairs[partnerships.giver[slot, pair]] += by
            teachers.pairs[partnerships.learner[slot, pair]] += by
            found += 1
    return found


@compiled
def count_commitments(state: State) -> None:
    """Count how many pairs each teacher is in, so that schools choose whom they ask by the time they have."""
    teachers, partnerships = state.teachers, state.partnerships
    for post in range(teachers.rows):
        teachers.pairs[post] = 0
    for slot in range(partnerships.rows):
        if partnerships.alive[slot]:
            _count_in(state, slot, 1)


@compiled
def part(state: State, slot: int) -> None:
    """The pairs of a partnership part: their teachers' time is free again."""
    partnerships = state.partnerships
    _count_in(state, slot, -1)
    for pair in range(PAIRS):
        partnerships.giver[slot, pair] = partnerships.learner[slot, pair] = NONE


@compiled
def _lead(state: State, slot: int, pair: int) -> float:
    """Mastery of the focus that the learner of a pair still lacks of the giver's; below 0 where they are ahead."""
    partnerships, mastery, focus = state.partnerships, state.knowledge.mastery, state.partnerships.focus[slot]
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    return float(mastery[giver, focus] - mastery[learner, focus])


@compiled
def _keep_pairs(state: State, p: Parameters, slot: int, most: int) -> int:
    """Keep, in the first places, the pairs in which as much is still to be learnt as a focus is worth; part the rest.

    Returns:
        How many are kept.
    """
    teachers, partnerships, kept = state.teachers, state.partnerships, 0
    _count_in(state, slot, -1)
    for pair in range(PAIRS):
        stays = kept < most and both_in_post(teachers, partnerships, slot, pair)
        giver, giver_uid = partnerships.giver[slot, pair], partnerships.giver_uid[slot, pair]
        learner, learner_uid = partnerships.learner[slot, pair], partnerships.learner_uid[slot, pair]
        if stays and _lead(state, slot, pair) < p.refocus_room:
            stays = False
        partnerships.giver[slot, pair] = partnerships.learner[slot, pair] = NONE
        if stays:
            partnerships.giver[slot, kept], partnerships.giver_uid[slot, kept] = giver, giver_uid
            partnerships.learner[slot, kept], partnerships.learner_uid[slot, kept] = learner, learner_uid
            teachers.focus[learner], teachers.focus_age[learner] = partnerships.focus[slot], 0
            kept += 1
    return kept


@compiled
def assign_pairs(state: State, p: Parameters, clock: Clock, slot: int) -> None:
    """Who works with whom: the able and confident share, those with most to gain and enterprise learn (M18, M20).

    Pairs at work stay together where the one still has as much to learn of the other; others are chosen anew. Who is
    in pairs already has less time for one more, so that others of the staff come before them.
    """
    schools, teachers, mastery = state.schools, state.teachers, state.knowledge.mastery
    partnerships, seed, step = state.partnerships, clock.seed, clock.half_term
    originator, partner, focus = partnerships.originator[slot], partnerships.partner[slot], partnerships.focus[slot]
    wanted = pairs_wanted(state, p, slot)
    kept = _keep_pairs(state, p, slot, wanted)
    outreach = levers_at(schools, partner, p).outreach_diffident
    middle = 0.5 if partnerships.contact[slot] == MIDDLE else 0.0
    places = np.empty(PAIRS, dtype=np.int64)
    scores = np.empty(schools.staff[originator])
    for place in range(scores.shape[0]):
        post = schools.first[originator] + place
        luck = p.pairs_luck * draws.uniform(seed, draws.PAIR, step, teachers.uid[post], GIVERS)
        scores[place] = _fit_to_give(state, p, post, focus, outreach) + luck
        scores[place] += middle * (teachers.role[post] == MIDDLE_LEADER)
        scores[place] *= time_for_it(state, p, slot, post)
    for pair in range(kept):
        scores[partnerships.giver[slot, pair] - schools.first[originator]] = TAKEN
    _take_highest(scores, wanted - kept, places)
    for place in range(kept, wanted):
        giver = schools.first[originator] + places[place - kept]
        partnerships.giver[slot, place], partnerships.giver_uid[slot, place] = giver, teachers.uid[giver]
    _advanced_teacher_gives(state, p, slot, kept, wanted)
    scores = np.empty(schools.staff[partner])
    for place in range(scores.shape[0]):
        post = schools.first[partner] + place
        luck = p.pairs_luck * draws.uniform(seed, draws.PAIR, step, teachers.uid[post], LEARNERS)
        scores[place] = (1.0 - mastery[post, focus]) * readiness(teachers, post, outreach, p) + luck
        scores[place] += middle * (teachers.role[post] == MIDDLE_LEADER)
        scores[place] *= time_for_it(state, p, slot, post)
    for pair in range(kept):
        scores[partnerships.learner[slot, pair] - schools.first[partner]] = TAKEN
    _take_highest(scores, wanted - kept, places)
    for place in range(wanted - kept):
        places[place] += schools.first[partner]
    _pair_by_subject(state, slot, places, kept, wanted)
    _count_in(state, slot, 1)


@compiled
def _free_and_willing(state: State, p: Parameters, clock: Clock, slot: int, school: int, learns: bool) -> int:
    """The post of a school whose person would best fill an empty side of a pair, nobody who is in it already; -1."""
    schools, teachers, mastery = state.schools, state.teachers, state.knowledge.mastery
    partnerships, focus = state.partnerships, state.partnerships.focus[slot]
    outreach = levers_at(schools, partnerships.partner[slot], p).outreach_diffident
    best, found = 0.0, NONE
    for post in range(schools.first[school], schools.past[school]):
        taken = False
        for pair in range(PAIRS):
            gives = partnerships.giver[slot, pair] == post and partnerships.giver_uid[slot, pair] == teachers.uid[post]
            learns_here = (
                partnerships.learner[slot, pair] == post and partnerships.learner_uid[slot, pair] == teachers.uid[post]
            )
            taken = taken or gives or learns_here
        if taken:
            continue
        luck = draws.uniform(
            clock.seed, draws.PAIR, clock.half_term, teachers.uid[post], LEARNERS if learns else GIVERS
        )
        if learns:
            fit = (1.0 - mastery[post, focus]) * readiness(teachers, post, outreach, p) + p.pairs_luck * luck
        else:
            fit = _fit_to_give(state, p, post, focus, outreach) + p.pairs_luck * luck
        fit *= time_for_it(state, p, slot, post)
        if fit > best:
            best, found = fit, post
    return found


@compiled
def refill_pairs(state: State, p: Parameters, clock: Clock, slot: int) -> None:
    """Pairs that have lost a teacher are filled again from who is free and willing; the others stay (§3.31)."""
    teachers, partnerships = state.teachers, state.partnerships
    for pair in range(PAIRS):
        giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
        if giver < 0 or learner < 0 or both_in_post(teachers, partnerships, slot, pair):
            continue
        if teachers.uid[giver] != partnerships.giver_uid[slot, pair]:
            giver = _free_and_willing(state, p, clock, slot, partnerships.originator[slot], False)
        if teachers.uid[learner] != partnerships.learner_uid[slot, pair]:
            learner = _free_and_willing(state, p, clock, slot, partnerships.partner[slot], True)
        if giver < 0 or learner < 0:
            continue
        partnerships.giver[slot, pair], partnerships.giver_uid[slot, pair] = giver, teachers.uid[giver]
        partnerships.learner[slot, pair], partnerships.learner_uid[slot, pair] = learner, teachers.uid[learner]
        teachers.pairs[giver] += 1
        teachers.pairs[learner] += 1
        state.ledger.counts[REFILLED] += 1.0


@compiled
def refill_all_pairs(state: State, p: Parameters, clock: Clock) -> None:
    """As a year begins, fill the broken pairs of every partnership, in the order in which partnerships began."""
    partnerships = state.partnerships
    for slot in alive_in_order(partnerships):
        if not partnerships.following_up[slot]:
            refill_pairs(state, levers_of(partnerships, slot, p), clock, slot)


@compiled
def room_left(state: State, slot: int) -> float:
    """Mean mastery the learners of a partnership still lack of their partners'."""
    partnerships, room, pairs = state.partnerships, 0.0, 0
    for pair in range(PAIRS):
        if partnerships.giver[slot, pair] >= 0 and partnerships.learner[slot, pair] >= 0:
            room += max(0.0, _lead(state, slot, pair))
            pairs += 1
    return room / max(1, pairs)


@compiled
def count_pairs(state: State) -> int:
    """How many pairs each teacher is in: hours are divided before anyone spends them, so that order does not matter.

    Returns:
        Pairs at work.
    """
    teachers, partnerships, found = state.teachers, state.partnerships, 0
    for post in range(teachers.rows):
        teachers.load_before[post] = teachers.load[post]
        teachers.pairs[post] = teachers.load[post] = 0
        teachers.hours_out[post] = 0.0
    for slot in range(partnerships.rows):
        partnerships.pairs[slot] = _count_in(state, slot, 1) if partnerships.alive[slot] else 0
        found += partnerships.pairs[slot]
    return found
