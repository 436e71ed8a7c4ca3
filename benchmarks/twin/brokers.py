"""Brokers: their visits, what they learn at them, and the introductions they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.twin.rules import brokers as rules
from benchmarks.twin.rules import partnerships
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.objects import Broker
    from benchmarks.twin.schools import School

OPENNESS = 1.0  # of schools to brokers, who judge nobody here
LOOKS_A_VISIT = 1000  # draws kept for each visit


def spend_brokers_hours(model: Twin) -> None:
    """Brokers visit schools, learn what they are good at, and introduce those that could help each other."""
    p = model.p
    for broker in model.brokers:
        for visit in range(broker.visits):
            draw = model.draws.uniform(draws.VISIT, model.half_term, broker.uid, visit)
            visited = model.drawn_school(broker.authority, draw)
            known = broker.strengths.get(visited, 0.0)
            broker.strengths[visited] = rules.learned_about_school(known, broker.skill, OPENNESS, p)
            other = _best_match(model, broker, visit, visited)
            if other is not None:
                _introduce(model, broker, visited, other)
        for use in ("granted", "brokerage"):
            model.ledger.hours[use] += broker.visits * p.broker_visit_hours
        broker.strengths = {school: known * (1.0 - p.broker_forgets) for school, known in broker.strengths.items()}


def _best_match(model: Twin, broker: Broker, visit: int, visited: School) -> School | None:
    """Of the schools a broker thinks of, the one that seems furthest ahead in what is needed, and is no rival."""
    best, match, need = 0.0, None, visited.need
    for look in range(model.p.broker_looks):
        draw = model.draws.uniform(draws.INTRODUCE, model.half_term, broker.uid, visit * LOOKS_A_VISIT + look)
        other = model.drawn_school(visited.authority, draw)
        if other is not visited and need is not None:
            known = broker.strengths.get(other, 0.0)
            quality = partnerships.perceived_quality(other.mastery[need], known, other.standing, other.badge, model.p)
            ahead = quality - visited.mastery[need] - 0.5 * visited.rivalry_with(other)
            if ahead > best:
                best, match = ahead, other
    return match


def _introduce(model: Twin, broker: Broker, school: School, other: School) -> None:
    """Two schools meet through a broker."""
    p = model.p
    model.ledger.counts["introduced"] += 1
    tie = school.ties.get(other)
    if tie is None:
        school.tie_to(other, rules.introduction_trust(broker.skill, OPENNESS, 0.0, p), p.broker_familiarity)
    else:
        for end in (school, other):
            warmth = p.broker_warmth * broker.skill * OPENNESS * p.trust_change
            tie.trust[end] += warmth * (1.0 - tie.trust[end])
