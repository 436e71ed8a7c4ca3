"""1. Policy: who is in each programme, who wears a badge, whose money flows this half-term."""

from __future__ import annotations

from schoolsim.rules.codes import NO_EVALUATION, STAR
from schoolsim.rules.time_money import has_money
from schoolsim.system.accountability import hold_to_account
from schoolsim.system.brokers.internal import appoint
from schoolsim.system.careers.roles import fill_roles
from schoolsim.system.evaluation.accreditation import accredit
from schoolsim.system.evaluation.judging import claim_evaluation_hours
from schoolsim.system.networks.members import add_strands, found_networks, grow_networks
from schoolsim.system.partnerships.pairs import count_commitments
from schoolsim.system.programmes.badges import give_badges
from schoolsim.system.programmes.levers import paid_in, runs_now
from schoolsim.system.programmes.money import pay
from schoolsim.system.programmes.places import count_places, fill_places, find_originators
from schoolsim.system.programmes.policy_change import close_programmes
from schoolsim.system.state import Clock, Parameters, State


def _run_programmes(state: State, p: Parameters, clock: Clock) -> None:
    # What a change of policy closes starts again under another name, with as many partnerships as there were.
    closed = close_programmes(state, p, clock) if p.policy_churn > 0.0 else None
    for row in range(1, len(state.programmes)):
        own = p.siblings[row]
        state.programmes.seeking[row] = 0
        if not runs_now(state.programmes, row, clock):
            continue
        begins = state.programmes.begins[row] == clock.half_term
        # Who had money for it looks for nobody once it has stopped.
        seeks = not has_money(own) or paid_in(state.programmes, row, clock.half_term, own) > 0.0
        state.programmes.seeking[row] = seeks
        if own.programme_originators > 0 and seeks:
            if clock.year_begins or (closed is not None and closed[row] > 0):
                find_originators(state, own, clock)
            fill_places(state, own, clock)
        # Both may run side by side, as when some schools are Beacons and others in a network.
        if own.programme_structure != STAR and own.programme_networks > 0:
            if begins:
                found_networks(state, own, clock)
            elif clock.year_begins and own.network_grows > 0:
                grow_networks(state, own, clock)
            add_strands(state, own, clock)
        count_places(state, own)
    give_badges(state, p, clock)
    pay(state, p, clock)
    if any(own.evaluation_kind != NO_EVALUATION for own in p.siblings):
        claim_evaluation_hours(state, p, clock)


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Hold schools to account; start, end, badge and pay programmes; accredit (M19, M27-M29, M38-M41)."""
    schools, partnerships = state.schools, state.partnerships
    count_commitments(state)
    if clock.year_begins:
        fill_roles(state, p, clock)
    if any(own.internal_broker_share > 0.0 for own in p.siblings):
        appoint(state, p, clock)
    for column in (partnerships.pounds, partnerships.common, partnerships.foreboding):
        column[:] = 0.0
    for column in (schools.bidding_hours, schools.evaluation_hours, schools.award_hours):
        column[:] = 0.0
    if clock.year_begins or p.inspection_years > 0:
        hold_to_account(state, p, clock)
    if clock.half_term >= 0 and len(state.programmes) > 1:
        _run_programmes(state, p, clock)
    if any(own.accreditation_rate > 0.0 for own in p.siblings):
        accredit(state, p, clock)
