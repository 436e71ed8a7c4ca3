"""Outcomes of what the twin mirrors, measured on objects: the second coding of `schoolsim.outcomes`."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.rules.codes import COURTSHIP, MODES, NEITHER, ORIGINATOR, PARTNER, SETTLED

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School

Number = Callable[["School"], float]


def measure(model: Twin) -> dict[str, float]:
    """Outcome to its value this half-term, in the catalogue's order."""
    measured = _schools(model) | _teachers(model) | _relations(model) | _flows(model) | _networks(model)
    return {name: measured[name] for name in OUTCOMES if name in measured}


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else math.nan


def _weighted(schools: list[School], value: Number, weight: Number) -> float:
    total = sum(weight(school) for school in schools)
    return sum(value(school) * weight(school) for school in schools) / total if total > 0.0 else math.nan


def _dissimilarity(schools: list[School], group: Number, other: Number) -> float:
    """Half the summed distance between two groups' shares in the schools."""
    total, total_other = sum(map(group, schools)), sum(map(other, schools))
    return 0.5 * sum(abs(group(school) / total - other(school) / total_other) for school in schools)


def _schools(model: Twin) -> dict[str, float]:
    schools, points = model.schools, model.p.result_points
    of = {role: [school for school in schools if school.role == role] for role in (NEITHER, ORIGINATOR, PARTNER)}

    def progress(school: School) -> float:
        return points * school.progress

    def gain(school: School) -> float:
        return points * (school.progress - school.progress_start)

    def published(school: School) -> float:
        return school.published

    def poor(school: School) -> float:
        return school.poor

    def well_off(school: School) -> float:
        return school.roll - school.poor

    def roll(school: School) -> float:
        return school.roll

    return {
        "progress.mean": _weighted(schools, progress, roll),
        "progress.partner": _mean(map(progress, of[PARTNER])),
        "progress.originator": _mean(map(progress, of[ORIGINATOR])),
        "progress.neither": _mean(map(progress, of[NEITHER])),
        "progress.neediest": _mean(progress(school) for school in schools if school.neediest),
        "progress.gap": _weighted(schools, progress, well_off) - _weighted(schools, progress, poor),
        "progress.spread": statistics.pstdev(map(progress, schools)),
        "attainment.mean": _weighted(schools, published, roll),
        "attainment.partner": _mean(map(published, of[PARTNER])),
        "attainment.gap": _weighted(schools, published, well_off) - _weighted(schools, published, poor),
        "attainment.spread": statistics.pstdev(map(published, schools)),
        "gain.partner": _mean(map(gain, of[PARTNER])),
        "gain.originator": _mean(map(gain, of[ORIGINATOR])),
        "rolls.spread": statistics.pstdev(map(roll, schools)),
        "segregation.dissimilarity": _dissimilarity(schools, poor, well_off),
        "segregation.gorard": _dissimilarity(schools, poor, roll),
        "originated.ever": _mean(school.originated for school in schools),
        "guardians.share": _mean(school.guardians for school in schools),
        "evidence.level": _mean(practice.evidence for practice in model.practices if practice.alive),
    }


def _held(model: Twin) -> list[int]:
    """Teachers who have mastered each practice by half."""
    held = [0] * len(model.practices)
    for teacher in model.teachers:
        for practice, holding in teacher.holdings.items():
            held[practice] += holding.mastery >= model.p.learning_routine
    return held


def _teachers(model: Twin) -> dict[str, float]:
    teachers, held = list(model.teachers), _held(model)
    rare = {practice for practice, number in enumerate(held) if number < sum(held) / len(held)}

    def confidence(*roles: int) -> float:
        return _mean(teacher.confidence for teacher in teachers if teacher.school.role in roles)

    return {
        "cover.harm": model.p.result_points * model.p.cover_harm * _mean(teacher.hours_out for teacher in teachers),
        "confidence.mean": confidence(NEITHER, ORIGINATOR, PARTNER),
        "confidence.partner": confidence(PARTNER),
        "confidence.originator": confidence(ORIGINATOR),
        "practices.used": sum(held) / len(teachers),
        "novelty.tried": _mean(teacher.focus in rare for teacher in teachers),
        "learning.mean": _mean(teacher.learning for teacher in teachers),
        "transfer.mean": _mean(teacher.transfer for teacher in teachers),
        "load.mean": _mean(teacher.load for teacher in teachers),
        "ties.isolated": _mean(teacher.pairs == 0 and teacher.best_friendship is None for teacher in teachers),
    }


def _relations(model: Twin) -> dict[str, float]:
    ties, works = model.ties(), model.partnerships
    measured = {
        "trust.mean": _mean(tie.mean_trust for tie in ties),
        "trust.active": _mean(tie.mean_trust for tie in {work.tie for work in works}),
        "trust.rival": _mean(tie.mean_trust for tie in ties if tie.rivalry >= 0.1),
        "trust.partner": _mean(work.tie.trust[work.partner] for work in works),
        "ties.degree": 2.0 * len(ties) / len(model.schools),
        "partnerships.active": len(works),
        "partnerships.age": _mean(model.half_term - work.began + 1 for work in works),
        "partnerships.programme": sum(work.programme for work in works),
        "engagement.mean": _mean(work.engagement for work in works),
        "partnerships.courting": _mean(work.working_phase == COURTSHIP for work in works),
        "partnerships.settled": _mean(work.working_phase == SETTLED for work in works),
        "needs.own": _mean(work.own_need for work in works),
        "repertoires.alike": _mean(_likeness(work.originator, work.partner) for work in works),
    }
    for mode, word in enumerate(MODES):
        measured[f"partnerships.{word}"] = sum(work.mode == mode for work in works)
    return measured


def _likeness(school: School, other: School) -> float:
    """What both of two schools hold, of what either holds."""
    levels = list(zip(school.mastery, other.mastery, strict=True))
    return sum(map(min, levels)) / sum(map(max, levels))


def _flows(model: Twin) -> dict[str, float]:
    hours, pounds, counts = model.ledger.hours, model.ledger.pounds, model.ledger.counts
    return {
        "transfers.year": counts["transfers"],
        "practices.created": counts["created"],
        "partnerships.begun": counts["begun"],
        "partnerships.ended": counts["ended"],
        "disclosure.share": counts["disclosed"] / max(1.0, counts["focuses"]),
        "hours.joint": hours["joint"],
        "hours.travel": hours["travel"],
        "pounds.granted": pounds["granted"],
        "pounds.cover": pounds["cover"],
        "pounds.home": pounds["home"],
        "pounds.returned": pounds["returned"],
        "gate.blocked": counts["blocked"],
        "broker.introductions": counts["introduced"],
        "broker.knowledge": sum(sum(broker.strengths.values()) for broker in model.brokers) / len(model.schools),
        "hours.brokers": hours["brokerage"],
    }


def _networks(model: Twin) -> dict[str, float]:
    """Density, reach, clustering, hubs, holes and isolation of the network of ties."""
    near = {school: set(school.ties) for school in model.schools}
    others = {school: len(model.roster[school.authority]) - 1 for school in model.schools}
    number = len(near)
    degrees = sorted(len(tied) for tied in near.values())
    reach = sum(
        len(tied.union(*(near[neighbour] for neighbour in tied)) - {school}) / others[school]
        for school, tied in near.items()
    )
    corners = {school: list(combinations(tied, 2)) for school, tied in near.items()}
    closed = {school: sum(second in near[first] for first, second in pairs) for school, pairs in corners.items()}
    pairs = sum(map(len, corners.values()))
    holes = [1.0 - 2.0 * closed[school] / len(tied) ** 2 for school, tied in near.items() if tied]
    uneven = sum(abs(degree - other) for degree in degrees for other in degrees)
    trusted = {school for tie in model.ties() if tie.mean_trust >= 0.5 for school in (tie.a, tie.b)}
    return {
        "network.density": sum(degrees) / sum(others.values()),
        "network.reach": reach / number,
        "network.clustering": sum(closed.values()) / pairs if pairs else 0.0,
        "network.hubs": uneven / (2.0 * number * sum(degrees)) if sum(degrees) else 0.0,
        "network.holes": sum(holes) / len(holes) if holes else math.nan,
        "network.isolated": sum(not (school.commitments or school in trusted) for school in near) / number,
    }
