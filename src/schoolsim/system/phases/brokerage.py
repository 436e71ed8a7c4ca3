"""5. Brokerage: brokers inside and outside schools at work; networks meet."""

from __future__ import annotations

from schoolsim.system.brokers.gatherings import convene_gatherings
from schoolsim.system.brokers.internal import find_out_inside
from schoolsim.system.brokers.visits import spend_brokers_hours
from schoolsim.system.networks.meetings import run_networks
from schoolsim.system.state import Clock, Parameters, State


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Each broker's half-term (M32, M33, M35), then each network's (M34)."""
    if clock.half_term >= 0 and (p.internal_broker_share > 0.0 or p.ast_share > 0.0):
        find_out_inside(state, p)
    spend_brokers_hours(state, p, clock)
    if p.broker_dialogue and clock.half_term >= 0:
        convene_gatherings(state, p, clock)
    if len(state.networks):
        run_networks(state, p, clock)
