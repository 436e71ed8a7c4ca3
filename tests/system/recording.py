"""Every draw of an uncompiled run: `NUMBA_DISABLE_JIT=1 python -m tests.system.recording` prints them as JSON."""

from __future__ import annotations

import json
from collections import Counter

from schoolsim import draws
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Simulation
from tests.system.worlds import PROGRAMME, World, made_table

Key = tuple[int, int, int, int]  # purpose, step, entity, attempt

#: One small world without a programme, the same one with all of it, and with what else there is.
_WORLD = {
    "practice.number": 5, "practice.slots": 2, "broker.looks": 3, "ties.nearby": 1.0, "leadership.closed": 0.1,
    "careers.leave": 0.2, "careers.move": 0.4, "leadership.turnover": 0.4, "search.rate": 1.0, "accept.base": 0.0,
    "end.settled": 1, "end.task_least": 1, "end.task_most": 3, "end.collegial": 3.0,
}  # fmt: skip
_POLICY = PROGRAMME | {"programme.originators": 2, "programme.partners_each": 1, "programme.mode": "creation"}
_FULLER = {
    "programme.structure": "triad", "programme.networks": 1, "programme.members": 4, "network.levels": "all",
    "network.leader_stops": 0.5, "network.friends": 1.0, "badging.scope": "collective", "badging.share": 0.5,
    "inspection.years": 1, "accreditation.rate": 0.8, "broker.number": 2, "broker.dialogue": True,
    "broker.judges": True, "broker.mapping": "holes", "broker.catalyst": True, "internal_broker.share": 1.0,
    "ast.share": 1.0, "website.rate": 1.0, "enquiry.share": 0.5, "remote.contact": 1.0, "hostility.start": 1.0,
    "hostility.breach": 1.0, "market.choice_weight": 2.0, "leadership.moves": 0.5, "leadership.closed": 0.4,
    "leadership.specification": 0.5, "home.copying": 0.2, "home.talk": 0.5,
}  # fmt: skip
_JUDGED = _POLICY | {
    "programme.mode": "free",
    "mode.exchange_trust": 0.0,
    "joint_practice.share": 0.5,
    "exchange.barter": True,
    "creation.hazard": 0.2,
    "creation.first_hours": 0.0,
    "funding.years": 4,
    "funding.purse": "bid",
    "evaluation.kind": "informal",
    "policy.churn": 1.0,
    "end.task_least": 6,
    "end.task_most": 9,
}
RUNS = {
    "without": World(made_table(11, 6), _WORLD, 11),
    "with": World(made_table(11, 6), _WORLD | _POLICY, 11),
    "fuller": World(made_table(11, 6), _WORLD | _FULLER, 11),
    "judged": World(made_table(11, 6), _WORLD | _JUDGED, 11),
}


def recorded(world: World) -> Counter[Key]:
    """How often each draw was made in a year's run."""
    made: Counter[Key] = Counter()
    plain = draws.uniform

    def uniform(seed: int, purpose: int, step: int, entity: int, attempt: int) -> float:
        made[int(purpose), int(step), int(entity), int(attempt)] += 1
        return plain(seed, purpose, step, entity, attempt)

    draws.uniform = uniform
    try:
        # Nothing is compared with a run without programmes, whose draws are the same.
        Simulation(Scenario.of(world.overrides), world.seed, world.table, outcomes=()).run(1)
    finally:
        draws.uniform = plain
    return made


if __name__ == "__main__":
    print(json.dumps({name: [[*key, times] for key, times in recorded(world).items()] for name, world in RUNS.items()}))
