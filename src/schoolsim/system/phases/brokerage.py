"""5. Brokerage: brokers inside and outside schools at work; networks meet."""

from __future__ import annotations

from schoolsim.system.brokers.gatherings import convene_gatherings
from schoolsim.system.brokers.internal import find_out_inside
from schoolsim.system.brokers.visits import spend_brokers_hours
from schoolsim.system.learning.episodes import reserve_gains
from schoolsim.system.networks.meetings import run_networks
from schoolsim.system.state import Clock, Parameters, State

GAINS_A_SCHOOL = 8  # at meetings, gatherings and on visits


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Each broker's half-term (M32, M33, M35), then each network's (M34)."""
    state.run.gains[0] = 0
    reserve_gains(state, GAINS_A_SCHOOL * len(state.schools))
    if any(own.internal_broker_share > 0.0 or own.ast_share > 0.0 for own in p.siblings):
        find_out_inside(state, p)
    spend_brokers_hours(state, p, clock)
    if any(own.broker_dialogue for own in p.siblings):
        convene_gatherings(state, p, clock)
    if len(state.networks):
        run_networks(state, p, clock)
