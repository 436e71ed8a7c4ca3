"""Teachers who leave, those recruited to their posts, and those who change places and keep up with old colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.twin.objects import Friendship, Holding
from benchmarks.twin.practice import BEFORE_THE_RUN
from benchmarks.twin.rules import unit
from benchmarks.twin.teachers import Teacher
from schoolsim import draws
from schoolsim.rules.codes import SECONDARY

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School

RECRUITED_IN = 1_000_000  # with the half-term, what a recruit's uid is drawn from


def replace_leavers(model: Twin) -> None:
    """Some leave, and others are recruited to their posts."""
    leavers: set[Teacher] = set()
    for school in model.schools:
        for teacher in list(school.staff):
            teacher.years += 1.0
            if model.draws.uniform(draws.LEAVE, model.half_term, teacher.uid, 0) < model.p.careers_leave:
                leavers.add(teacher)
                _recruit(model, teacher)
    model.friendships = [
        friendship for friendship in model.friendships if friendship.a not in leavers and friendship.b not in leavers
    ]


def _recruit(model: Twin, leaver: Teacher) -> None:
    """Someone new in a leaver's post, with some practice from elsewhere."""
    p, source, step, school, place = model.p, model.draws, model.half_term, leaver.school, leaver.place
    uid = source.pair(source.pair(school.uid, place), RECRUITED_IN + step)
    new = Teacher(model, uid, school, place)
    for practice in model.practices:
        key = 4 * practice.number
        known = practice.born <= BEFORE_THE_RUN
        if known and source.uniform(draws.RECRUIT, step, uid, key) < p.careers_recruit_held:
            luck = source.normal(draws.RECRUIT, step, uid, key + 1)
            mastery = min(1.0, max(p.careers_recruit_least, p.careers_recruit_mastery + p.careers_recruit_sd * luck))
            luck = source.normal(draws.RECRUIT, step, uid, key + 2)
            ownership = unit(p.careers_recruit_ownership + p.careers_recruit_sd * luck)
            new.holdings[practice.number] = Holding(mastery, p.careers_recruit_tuning, ownership)
    # The half-term's record is the post's: it is measured after the change.
    new.pairs, new.hours_out, new.load = leaver.pairs, leaver.hours_out, leaver.load
    new.best_friendship = leaver.best_friendship
    school.staff[place] = new
    leaver.remove()


def swap_movers(model: Twin) -> None:
    """Those who move change places two by two, within an authority; they keep up with some old colleagues."""
    old_school: dict[Teacher, School] = {}
    for schools in model.roster:
        for secondary in (False, True):
            movers = _movers(model, [school for school in schools if (school.phase == SECONDARY) == secondary])
            for teacher, other in zip(movers[::2], movers[1::2], strict=False):
                if teacher.school is not other.school:
                    old_school[teacher], old_school[other] = teacher.school, other.school
                    _swap_posts(teacher, other, teacher.school.difference_from(other.school))
    model.friendships = [
        friendship for friendship in model.friendships if friendship.a.school is not friendship.b.school
    ]
    for school in model.schools:
        for teacher in school.staff:
            if teacher in old_school:
                _keep_up(model, teacher, old_school[teacher])


def _movers(model: Twin, schools: list[School]) -> list[Teacher]:
    source, step = model.draws, model.half_term
    movers = [
        teacher
        for school in schools
        for teacher in school.staff
        if source.uniform(draws.MOVE, step, teacher.uid, 0) < model.p.careers_move
    ]
    return sorted(movers, key=lambda teacher: source.uniform(draws.MOVE, step, teacher.uid, 1))


def _swap_posts(teacher: Teacher, other: Teacher, unfamiliar: float) -> None:
    """Two people take each other's posts; what was tuned to the old school fits the new one less."""
    teacher.school, other.school = other.school, teacher.school
    teacher.place, other.place = other.place, teacher.place
    for mover in (teacher, other):
        mover.school.staff[mover.place] = mover
        mover.years, mover.focus, mover.focus_age = 0.0, None, 0
        for holding in mover.holdings.values():
            holding.tuning *= 1.0 - unfamiliar


def _keep_up(model: Twin, mover: Teacher, old_school: School) -> None:
    p, source, step = model.p, model.draws, model.half_term
    for attempt in range(int(p.careers_carried_ties)):
        draw = source.uniform(draws.CARRIED_TIES, step, mover.uid, attempt)
        colleague = old_school.staff[int(draw * len(old_school.staff))]
        model.friendships.append(Friendship(mover, colleague, p.careers_carried_trust, p.careers_carried_familiarity))
    if source.uniform(draws.CARRIED_TIES, step, mover.uid, 99) < p.careers_school_tie:
        if old_school not in mover.school.ties:
            mover.school.tie_to(old_school, p.careers_school_tie_trust, p.careers_school_tie_familiarity)
