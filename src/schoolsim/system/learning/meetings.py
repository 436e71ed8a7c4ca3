"""Learning at meetings and on visits, from whoever there is best placed (§3.43; a headteacher's account)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.columns import Float64Array, Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import HEADS_ONLY
from schoolsim.rules.identity import opened
from schoolsim.rules.modes import Terms
from schoolsim.system.learning.besides import brought_home
from schoolsim.system.learning.episodes import Contact, learn
from schoolsim.system.learning.friends import HALF_ENGAGED
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, trust_of
from schoolsim.system.state.ledger import LEARNT_MEETINGS
from schoolsim.system.trust.ties import difference

AT_MEETING, ON_VISIT = 0, 1  # draws of who goes


@compiled
def terms_of_meeting(face: float, p: Parameters) -> Terms:
    """A talk at a table or in a classroom: no plan, nothing agreed, side by side for part of it."""
    return Terms(p.adaptation_pace, face, p.adaptation_say, p.adaptation_say, 1.0, 0.0, 0.0, 1.0)


@compiled
def _who_goes(state: State, clock: Clock, school: int, attempt: int) -> int:
    """One of a school's staff, drawn for the half-term."""
    schools = state.schools
    draw = draws.uniform(clock.seed, draws.WHO_GOES, clock.half_term, schools.uid[school], attempt)
    return schools.first[school] + int(draw * schools.staff[school])


@compiled
def _wanted(state: State, school: int, post: int, levels: int) -> int:
    """What who goes would learn: their own focus, or where heads alone meet, the school's need."""
    return state.schools.need[school] if levels == HEADS_ONLY else state.teachers.focus[post]


@compiled
def learn_at_meeting(
    state: State, p: Parameters, clock: Clock, schools_here: Int64Array, hours: Float64Array, levels: int
) -> None:
    """Everybody present learns from the best placed other.

    Args:
        state: The state.
        p: Parameters.
        clock: Now.
        schools_here: Rows of the schools present.
        hours: That each of them spends on matters of practice.
        levels: `network.levels`.
    """
    number, mastery = schools_here.shape[0], state.knowledge.mastery
    terms = terms_of_meeting(p.channel_meeting_face, p)
    for place in range(number):
        school = schools_here[place]
        post = _who_goes(state, clock, school, AT_MEETING)
        practice = _wanted(state, school, post, levels)
        if practice < 0 or hours[place] <= 0.0:
            continue
        best = post
        for other in range(number):
            there = _who_goes(state, clock, schools_here[other], AT_MEETING)
            if other != place and hours[other] > 0.0 and mastery[there, practice] > mastery[best, practice]:
                best = there
        if best != post:
            _talk(state, p, (post, best), practice, hours[place], terms)


@compiled
def learn_on_visit(state: State, p: Parameters, clock: Clock, host: int, guest: int, hours: float) -> None:
    """A guest sees at work what the host does best of what the guest's school needs, or something else."""
    schools, mastery, practice = state.schools, state.knowledge.mastery, state.schools.need[guest]
    if practice < 0 or hours <= 0.0:
        return
    best = schools.first[host]
    for post in range(schools.first[host], schools.past[host]):
        if mastery[post, practice] > mastery[best, practice]:
            best = post
    post, teachers = _who_goes(state, clock, guest, ON_VISIT), state.teachers
    teachers.openness[post] = opened(teachers.openness[post], difference(schools, host, guest), 1.0, p)
    if mastery[best, practice] > mastery[post, practice]:
        brought = brought_home(state, p, clock, (post, best), practice, clock.half_term)
        _talk(state, p, (post, best), brought, hours, terms_of_meeting(p.channel_visit_face, p))


@compiled
def _talk(state: State, p: Parameters, who: tuple[int, int], practice: int, hours: float, terms: Terms) -> None:
    school, other = state.teachers.school[who[0]], state.teachers.school[who[1]]
    tie = find_tie(state, school, other)
    trust, known = p.trust_stranger, 0.0
    if tie >= 0:
        trust, known = trust_of(state.ties, tie, school), state.ties.familiarity[tie]
    learn(state, p, who, practice, Contact(hours, HALF_ENGAGED, known, trust, LEARNT_MEETINGS), terms)
