"""A made-up state of three schools whose outcomes can be worked out on paper."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from schoolsim.outcomes.measuring import Measurer
from schoolsim.system.state import Clock, SchoolTwins, State, TeacherTwins
from schoolsim.system.state import ledger as accounts
from tests.system.by_hand import parameters, put, state_of

POINTS, HARM, HALF_TERM = 10.0, 0.005, 8
P = parameters(result__points=POINTS, cover__harm=HARM)


def schools() -> State:
    """An originator, a partner and one outside the programme."""
    state = state_of(3, [2, 1, 1], 3, brokers=1, networks=2, ties=4, partnerships=3)
    put(
        state.schools, roll=[100, 200, 100], poor=[40, 20, 20], progress=[0.1, 0.2, -0.1],
        progress_start=[0.05, 0.3, 0.0], published=[60, 40, 50], role=[1, 2, 0], neediest=[0, 1, 0],
        originated=[1, 0, 1], felt_stakes=[0.1, 0.2, 0.3], guardians=[0.1, 0.2, 0.3], commitments=[0, 1, 0],
    )  # fmt: skip
    put(
        state.teachers, hours_out=[0, 2, 4, 2], confidence=[0.2, 0.4, 0.6, 0.8], pairs=[1, 0, 0, 0],
        best_tie=[-1, -1, 3, 0], focus=[0, 2, -1, 1], learning=[0.2, 0.4, 0.6, 0.8], transfer=[0.1, 0.1, 0.3, 0.3],
        load=[0, 1, 2, 1], dependence=[0.0, 0.0, 0.4, 0.0],
    )  # fmt: skip
    put(state.knowledge, mastery=[[0.5, 0.4, 1.0], [0.0, 0.0, 0.0], [0.49, 0.5, 0.6], [1.0, 1.0, 1.0]])
    put(
        state.ties, alive=[1, 1, 0, 1], a=[0, 1, 0, 0], b=[1, 2, 1, 2], trust_ab=[0.4, 0.1, 1.0, 0.9],
        trust_ba=[0.6, 0.5, 1.0, 0.7], rivalry=[0.1, 0.05, 1.0, 0.5], hostile=[0, 1, 1, 0],
    )  # fmt: skip
    put(
        state.partnerships, alive=[1, 0, 1], originator=[0, 0, 2], partner=[1, 2, 1], tie=[0, 3, 1], mode=[2, 3, 0],
        began=[3, 0, 6], programme=[1, 1, 0], engagement=[0.6, 1.0, 0.2], working=[0.3, 0.0, 0.8], own_need=[1, 1, 0],
    )  # fmt: skip
    put(
        state.programmes, begins=[0, 6], ends=[99, 99], places=[0, 2], seeking=[0, 1], role=[[0, 0, 0], [1, 0, 0]],
        first_role=[[0, 0, 0], [1, 2, 0]], joined=[[-1, -1, -1], [6, 7, -1]],
    )  # fmt: skip
    state.school_twins = SchoolTwins(3)
    state.teacher_twins = TeacherTwins(4)
    put(state.school_twins, progress=[0.0, 0.3, -0.2], published=[58, 41, 50])
    put(state.teachers, effect=[0.1, 0.2, 0.3, 0.4], learnt_in=[0, 0, 1, 0], gave_in=[1, 0, 0, 0])
    put(state.teacher_twins, effect=[0.0, math.nan, 0.1, 0.4])
    put(state.networks, alive=[1, 1], led=[1, 0], news=[0.4, 0.2])
    put(state.broker_knowledge, strengths=[[0.5, 0.2, 0.2]])
    put(state.practices, alive=[1, 1, 0], evidence=[0.2, 0.4, 0.9])
    put(state.repertoires, mastery=[[0.4, 0.4, 0.0], [0.8, 0.4, 0.0], [0.0, 0.0, 0.5]])
    return state


def measured(state: State, changes: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, float]:
    """Every outcome of a state, some of its columns changed first (group -> column -> values)."""
    for group, columns in (changes or {}).items():
        put(getattr(state, group), **columns)
    measurer = Measurer()
    row = measurer.measure(state, P, Clock((1, HALF_TERM)))
    return dict(zip(measurer.outcomes, row.tolist(), strict=True))


#: What they are, and how that is come by.
BY_HAND: dict[str, tuple[float, str]] = {
    "progress.mean": (1.0, "(100 x 1 + 200 x 2 - 100 x 1) / 400"),
    "progress.partner": (2.0, "the second school's .2"),
    "progress.originator": (1.0, "the first school's .1"),
    "progress.neither": (-1.0, "the third school's -.1"),
    "progress.neediest": (2.0, "the second school alone"),
    "progress.gap": (0.3125, "(60 + 360 - 80) / 320 less (40 + 40 - 20) / 80"),
    "progress.spread": (math.sqrt(42 / 27), "of 1, 2, -1 about 2/3: (1 + 16 + 25) / 9 / 3"),
    "attainment.mean": (47.5, "(6000 + 8000 + 5000) / 400"),
    "attainment.partner": (40.0, "the second school's"),
    "attainment.gap": (-6.25, "(3600 + 7200 + 4000) / 320 less (2400 + 800 + 1000) / 80"),
    "attainment.spread": (math.sqrt(200 / 3), "of 60, 40, 50"),
    "gain.partner": (-1.0, ".2 less .3"),
    "gain.originator": (0.5, ".1 less .05"),
    "rolls.spread": (math.sqrt(20_000 / 9), "of 100, 200, 100 about 400/3"),
    "segregation.dissimilarity": (0.3125, "half of .5 - .1875, .5625 - .25 and 0"),
    "cover.harm": (0.1, "10 x .005 x (0 + 2 + 4 + 2) / 4"),
    "confidence.mean": (0.5, "of .2, .4, .6, .8"),
    "confidence.partner": (0.6, "the third teacher"),
    "confidence.originator": (0.3, "the first two"),
    "practices.used": (1.75, "(2 + 0 + 2 + 3) / 4"),
    "originated.ever": (2 / 3, "the first and third school"),
    "trust.mean": ((0.5 + 0.3 + 0.8) / 3, "three living ties"),
    "trust.active": (0.4, "the two with a partnership: .5 and .3"),
    "trust.rival": (0.65, "rivalry of .1 and .5: .5 and .8"),
    "trust.partner": (0.35, "of the second school: .6 in the first, .1 in the third"),
    "ties.degree": (2.0, "two ends of three ties, three schools"),
    "ties.isolated": (0.25, "the second teacher"),
    "partnerships.active": (2.0, "two are alive"),
    "partnerships.replication": (1.0, "the third"),
    "partnerships.adaptation": (0.0, "none"),
    "partnerships.exchange": (1.0, "the first"),
    "partnerships.creation": (0.0, "one, which is over"),
    "partnerships.age": (4.5, "half-terms 3 to 8 are six, 6 to 8 three"),
    "partnerships.programme": (1.0, "the first"),
    "effect.mean": (0.0, "(100 x 1 - 200 x 1 + 100 x 1) / 400"),
    "effect.member": (0.0, "1 and -1: the first two schools"),
    "effect.partner": (-1.0, "the second school, .2 for .3"),
    "effect.originator": (1.0, "the first school, .1 for 0"),
    "effect.neither": (1.0, "the third school, -.1 for -.2"),
    "effect.partner_now": (-1.0, "the second school's role is still partner"),
    "effect.originator_now": (1.0, "the first school"),
    "effect.learners": (2.0, "the third teacher, .3 for .1"),
    "effect.givers": (1.0, "the first teacher, .1 for 0"),
    "effect.colleagues": (math.nan, "the second school's only teacher learnt"),
    "effect.results": (-1.0, "the second school, 40 for 41"),
    "effect.unpaired": (0.25, "one teacher of four"),
    "places.filled": (0.5, "one partnership for two places"),
    "engagement.mean": (0.4, "of .6 and .2"),
    "stakes.felt": (0.2, "of .1, .2, .3"),
    "novelty.tried": (0.5, "two, two and three have mastered the practices by half, 7/3 the average one"),
    "partnerships.courting": (0.5, "the first of two"),
    "partnerships.settled": (0.5, "the third"),
    "network.density": (2 / 3, "two of three ties: the one that is hostile apart"),
    "network.reach": (1.0, "the second school reaches the third through the first"),
    "network.clustering": (0.0, "the first school's neighbours are at odds"),
    "network.hubs": (1 / 6, "of 2, 1, 1: six differences of which four are 1, over 2 x 3 x 4"),
    "network.holes": (1.0, "no two neighbours are tied"),
    "network.isolated": (0.0, "the second is at work, the others trust each other by .8"),
    "ties.hostile": (1.0, "the second tie; the third is no more"),
    "networks.led": (1.0, "the first"),
    "networks.news": (0.3, "of .4 and .2"),
    "broker.knowledge": (0.3, "(.5 + .2 + .2) / 3"),
    "learning.mean": (0.5, "of .2, .4, .6, .8"),
    "transfer.mean": (0.2, "of .1, .1, .3, .3"),
    "load.mean": (1.0, "(0 + 1 + 2 + 1) / 4"),
    "dependence.mean": (0.1, ".4 / 4"),
    "guardians.share": (0.2, "of .1, .2, .3"),
    "evidence.level": (0.3, "of .2 and .4, which are alive"),
    "repertoires.alike": (1 / 3, ".8 / 1.2 and none in common"),
    "needs.own": (0.5, "the first of two"),
    "segregation.gorard": (0.25, "half of .5 - .25, .5 - .25 and 0"),
}
#: Outcome -> the account it is read from.
FLOWS = {
    "transfers.year": ("counts", accounts.TRANSFERS),
    "practices.created": ("counts", accounts.CREATED),
    "partnerships.begun": ("counts", accounts.BEGUN),
    "partnerships.ended": ("counts", accounts.ENDED),
    "hours.joint": ("hours", accounts.JOINT),
    "hours.travel": ("hours", accounts.TRAVEL),
    "pounds.granted": ("pounds", accounts.GRANTED),
    "pounds.cover": ("pounds", accounts.COVER),
    "pounds.home": ("pounds", accounts.HOME),
    "pounds.returned": ("pounds", accounts.RETURNED),
    "pounds.held_back": ("pounds", accounts.HELD_BACK),
    "pounds.given_back": ("pounds", accounts.GIVEN_BACK),
    "bids.made": ("counts", accounts.BIDS),
    "bids.skill": ("counts", accounts.BIDS_WON_SKILL),
    "focus.drifted": ("counts", accounts.DRIFTED),
    "gate.blocked": ("counts", accounts.BLOCKED),
    "academies.moves": ("counts", accounts.MOVED_TRUST),
    "heads.ties": ("counts", accounts.HEADS_TIES),
    "policy.resets": ("counts", accounts.RESETS),
    "evaluation.stopped": ("counts", accounts.STOPPED),
    "evaluation.wrong": ("counts", accounts.STOPPED_WRONGLY),
    "evaluation.turned": ("counts", accounts.TURNED),
    "accreditation.awards": ("counts", accounts.AWARDS),
    "accreditation.requests": ("counts", accounts.REQUESTS),
    "accreditation.cold": ("counts", accounts.REQUESTS_COLD),
    "places.joined": ("counts", accounts.JOINED),
    "places.replaced": ("counts", accounts.REPLACED),
    "refused.gate": ("counts", accounts.REFUSED_GATE),
    "refused.room": ("counts", accounts.REFUSED_ROOM),
    "refused.unwilling": ("counts", accounts.REFUSED_UNWILLING),
    "partnerships.renewed": ("counts", accounts.RENEWED),
    "pairs.refilled": ("counts", accounts.REFILLED),
    "modes.changed": ("counts", accounts.CHANGED_MODE),
    "pounds.unfilled": ("pounds", accounts.UNFILLED),
    "introductions.met": ("counts", accounts.INTRODUCED_MET),
    "introductions.work": ("counts", accounts.INTRODUCED_WORK),
    "learnt.home": ("counts", accounts.LEARNT_HOME),
    "learnt.programme": ("counts", accounts.LEARNT_PROGRAMME),
    "learnt.partners": ("counts", accounts.LEARNT_PARTNERS),
    "learnt.friends": ("counts", accounts.LEARNT_FRIENDS),
    "learnt.meetings": ("counts", accounts.LEARNT_MEETINGS),
    "learnt.website": ("counts", accounts.LEARNT_WEBSITE),
    "hours.home": ("hours", accounts.AT_HOME),
    "hours.talk": ("hours", accounts.TALK),
    "hours.reading": ("hours", accounts.READING),
    "broker.introductions": ("counts", accounts.INTRODUCED),
    "hours.bidding": ("hours", accounts.BIDDING),
    "hours.inspection": ("hours", accounts.INSPECTED),
    "hours.evaluation": ("hours", accounts.EVALUATED),
    "hours.meetings": ("hours", accounts.MEETINGS),
    "hours.brokers": ("hours", accounts.BROKERAGE),
    "hours.developing": ("hours", accounts.DEVELOPING),
    "hours.following": ("hours", accounts.FOLLOWING),
    "hours.coaching": ("hours", accounts.COACHING),
    "pounds.unclaimed": ("pounds", accounts.UNCLAIMED),
    "pounds.evaluation": ("pounds", accounts.EVALUATED),
    "pounds.facilitator": ("pounds", accounts.FACILITATOR),
}
#: Outcomes made of two accounts, worked in tests of their own.
OF_TWO = {"disclosure.share", "pounds.accreditation"}
