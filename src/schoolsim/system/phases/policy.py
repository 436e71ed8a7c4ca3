"""1. Policy: who is in the programme, who wears a badge, whose money flows this half-term."""

from __future__ import annotations

from schoolsim.rules.codes import NO_EVALUATION, STAR
from schoolsim.system.accountability import hold_to_account
from schoolsim.system.brokers.internal import appoint
from schoolsim.system.evaluation.accreditation import accredit
from schoolsim.system.evaluation.judging import claim_evaluation_hours
from schoolsim.system.headship import develop_heads
from schoolsim.system.networks.members import add_strands, found_networks
from schoolsim.system.programmes.badges import give_badges
from schoolsim.system.programmes.money import pay
from schoolsim.system.programmes.originators import start_programme
from schoolsim.system.programmes.policy_change import close_programmes
from schoolsim.system.state import Clock, Parameters, State


def _places(state: State, p: Parameters, clock: Clock) -> int:
    """Partnerships a programme of originators may begin now."""
    if clock.half_term == 0:
        return len(state.partnerships)
    if p.policy_churn > 0.0:
        # What is closed starts again under another name, with as many partnerships as there were.
        return close_programmes(state, p, clock)
    return 0


def _programme(state: State, p: Parameters, clock: Clock) -> None:
    # Both may run side by side, as when some schools are Beacons and others in a network.
    of_originators = p.programme_originators > 0
    of_networks = p.programme_structure != STAR and len(state.networks) > 0
    places = _places(state, p, clock)
    if clock.half_term < 0 or not (of_originators or of_networks):
        return
    if of_originators and places > 0:
        start_programme(state, p, clock, places)
    if of_networks and clock.year_begins:
        if clock.half_term == 0:
            found_networks(state, p, clock)
        add_strands(state, p, clock)
    give_badges(state, p, clock)
    pay(state, p, clock)
    if p.evaluation_kind != NO_EVALUATION:
        claim_evaluation_hours(state, p, clock)


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Hold schools to account; start, end, badge and pay the programme; accredit (M19, M27-M29, M38-M41)."""
    schools, partnerships = state.schools, state.partnerships
    if clock.half_term >= 0 and (p.internal_broker_share > 0.0 or p.ast_share > 0.0):
        appoint(state, p, clock)
    for column in (partnerships.pounds, partnerships.foreboding):
        column[:] = 0.0
    for column in (schools.bidding_hours, schools.evaluation_hours, schools.award_hours):
        column[:] = 0.0
    if clock.half_term == 0:
        develop_heads(state, p)
    if clock.year_begins or p.inspection_years > 0:
        hold_to_account(state, p, clock)
    _programme(state, p, clock)
    if p.accreditation_rate > 0.0 and clock.half_term >= 0:
        accredit(state, p, clock)
