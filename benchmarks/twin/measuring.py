"""The outcomes of what the twin mirrors, from objects: the second coding of `schoolsim.outcomes`."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from schoolsim.rules.words import COURTSHIP, MODES, NEITHER, ORIGINATOR, PARTNER, SETTLED

from benchmarks.twin.measuring_net import measure_net
from schoolsim.outcomes.catalog import OUTCOMES

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School

Number = Callable[["School"], float]


def measure(model: Twin) -> dict[str, float]:
    """Outcome to its value this half-term, in the catalogue's order."""
    found = _schools(model) | _teachers(model) | _relations(model) | _flows(model) | measure_net(model)
    return {name: found[name] for name in OUTCOMES if name in found}


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else math.nan


def _weighted(schools: list[School], value: Number, weight: Number) -> float:
    total = sum(weight(school) for school in schools)
    return sum(value(school) * weight(school) for school in schools) / total if total > 0.0 else math.nan


def _apart(schools: list[School], one: Number, two: Number) -> float:
    """Half the summed distance between two groups' shares in the schools."""
    all_one, all_two = sum(map(one, schools)), sum(map(two, schools))
    return 0.5 * sum(abs(one(school) / all_one - two(school) / all_two) for school in schools)


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
        "progress.neediest": _mean(progress(school) for school in schools if school.needy),
        "progress.gap": _weighted(schools, progress, well_off) - _weighted(schools, progress, poor),
        "progress.spread": statistics.pstdev(map(progress, schools)),
        "attainment.mean": _weighted(schools, published, roll),
        "attainment.partner": _mean(map(published, of[PARTNER])),
        "attainment.gap": _weighted(schools, published, well_off) - _weighted(schools, published, poor),
        "attainment.spread": statistics.pstdev(map(published, schools)),
        "gain.partner": _mean(map(gain, of[PARTNER])),
        "gain.originator": _mean(map(gain, of[ORIGINATOR])),
        "rolls.spread": statistics.pstdev(map(roll, schools)),
        "segregation.dissimilarity": _apart(schools, poor, well_off),
        "segregation.gorard": _apart(schools, poor, roll),
        "originated.ever": _mean(school.originated for school in schools),
        "guardians.share": _mean(school.guardians for school in schools),
        "evidence.level": _mean(what.evidence for what in model.practices if what.alive),
    }


def _held(model: Twin) -> list[int]:
    """Teachers who have mastered each practice by half."""
    held = [0] * len(model.practices)
    for teacher in model.teachers:
        for one, hold in teacher.holds.items():
            held[one] += hold.mastery >= 0.5
    return held


def _teachers(model: Twin) -> dict[str, float]:
    teachers, held = list(model.teachers), _held(model)
    rare = {one for one, number in enumerate(held) if number < sum(held) / len(held)}

    def confidence(*roles: int) -> float:
        return _mean(teacher.confidence for teacher in teachers if teacher.school.role in roles)

    return {
        "cover.harm": model.p.result_points * model.p.cover_harm * _mean(teacher.out for teacher in teachers),
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
    found = {
        "trust.mean": _mean(tie.mean_trust for tie in ties),
        "trust.active": _mean(tie.mean_trust for tie in {work.tie for work in works}),
        "trust.rival": _mean(tie.mean_trust for tie in ties if tie.rivalry >= 0.1),
        "trust.partner": _mean(work.tie.trust[work.partner] for work in works),
        "ties.degree": 2.0 * len(ties) / len(model.schools),
        "partnerships.active": len(works),
        "partnerships.age": _mean(model.half_term - work.began + 1 for work in works),
        "partnerships.programme": sum(work.programme for work in works),
        "engagement.mean": _mean(work.engagement for work in works),
        "partnerships.courting": _mean(work.phase == COURTSHIP for work in works),
        "partnerships.settled": _mean(work.phase == SETTLED for work in works),
        "needs.own": _mean(work.own_need for work in works),
        "repertoires.alike": _mean(_likeness(work.originator, work.partner) for work in works),
    }
    for mode, word in enumerate(MODES):
        found[f"partnerships.{word}"] = sum(work.mode == mode for work in works)
    return found


def _likeness(one: School, other: School) -> float:
    """What both of two schools hold, of what either holds."""
    levels = list(zip(one.mastery, other.mastery, strict=True))
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
        "broker.knowledge": sum(sum(broker.knows.values()) for broker in model.brokers) / len(model.schools),
        "hours.brokers": hours["brokerage"],
    }
