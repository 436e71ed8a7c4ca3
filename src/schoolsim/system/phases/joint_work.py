"""7. Joint work: partnerships spend hours, and people learn by mode and from afar."""

from __future__ import annotations

from schoolsim.system.brokers.internal import pay_coaching
from schoolsim.system.learning.enquiry import add_evidence, enquire
from schoolsim.system.learning.episodes import reserve_gains
from schoolsim.system.learning.friends import friends_talk
from schoolsim.system.learning.website import look_up
from schoolsim.system.partnerships.joint_work import work_together
from schoolsim.system.partnerships.pairs import count_pairs
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.time_money.common_purse import pay_from_purses
from schoolsim.system.trust.change import note_closest_partners

GAINS_A_PAIR = 5  # learner, giver, each again for what is returned, and follow-up
GAINS_A_TEACHER = 3  # a friend's talk, a website, an enquiry


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Spend the half-term's hours together; what is learnt is noted, and settled in the classroom phase."""
    reserve_gains(state, GAINS_A_PAIR * count_pairs(state) + GAINS_A_TEACHER * len(state.teachers))
    if p.academies_purse > 0.0:
        pay_from_purses(state, p)
    note_closest_partners(state)
    work_together(state, p, clock)
    friends_talk(state, p, clock)
    if any(own.website_rate > 0.0 for own in p.siblings):
        look_up(state, p, clock)
    enquire(state, p)
    add_evidence(state, p)
    if any(own.ast_share > 0.0 for own in p.siblings):
        pay_coaching(state, p)
