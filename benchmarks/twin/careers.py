"""How partnerships end, and how people leave, move and keep up with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsim.rules.words import SECONDARY

from benchmarks.twin.objects import Friendship
from benchmarks.twin.rules import endings, horizon
from benchmarks.twin.teachers import Teacher, change_places, recruit
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.partnerships import Partnership
    from benchmarks.twin.schools import School


def end_or_go_on(work: Partnership) -> None:
    """End a partnership, let it go on, or find it a new focus."""
    if _ends_now(work) or _task_done(work):
        work.end()
        work.model.ledger.counts["ended"] += 1
    elif work.model.half_term - work.refocused >= 3 and _room_left(work) < work.model.p.refocus_room:
        work.choose_focus()
        work.choose_pairs()


def _ends_now(work: Partnership) -> bool:
    """Distrust, want of progress or hours, a shut gate, or the end of the money."""
    p, chance, tie, step = work.model.p, work.model.chance, work.tie, work.model.half_term
    if step - work.began < p.end_settled:
        return False
    likely = endings.wears_out(tie.mean_trust, work.gain, p)
    if work.hours <= 0.0:
        likely += p.end_no_hours
    if (work.originator.closed or work.partner.closed) and not work.imposed:
        likely += p.end_closed_head
    if chance.uniform(draws.END, step, work.uid, 0) < likely:
        return True
    had_money = work.programme and p.funding_per_partnership > 0.0 and p.funding_years > 0
    gone = 1.0 - horizon.paid_share(step, p)
    if had_money and gone > 0.0:
        even = endings.reciprocity(work.given, work.returned)
        loose = gone * p.end_money_stops * (1.0 - endings.outlives_money(tie.mean_trust, tie.familiarity, even))
        return chance.uniform(draws.WITHDRAW, step, work.uid, 0) < loose
    return False


def _task_done(work: Partnership) -> bool:
    """Whether it ends with its task; otherwise it goes on for a while."""
    p, chance, tie, step = work.model.p, work.model.chance, work.tie, work.model.half_term
    if step < work.due:
        return False
    even = endings.reciprocity(work.given, work.returned)
    if chance.uniform(draws.RENEW, step, work.uid, 0) >= endings.goes_on(tie.mean_trust, tie.familiarity, even, p):
        return True
    work.due = step + 6 + int(6.0 * chance.uniform(draws.RENEW, step, work.uid, 1))
    return False


def _room_left(work: Partnership) -> float:
    """Mean mastery that those in the learners' posts lack of those in the givers'."""
    room = sum(
        max(0.0, giver.holder.hold(work.focus).mastery - learner.holder.hold(work.focus).mastery)
        for giver, learner in work.pairs
    )
    return room / max(1, len(work.pairs))


def leave(model: Twin) -> None:
    """Some leave, and others are recruited to their posts."""
    gone: set[Teacher] = set()
    for school in model.schools:
        for teacher in list(school.staff):
            teacher.years += 1.0
            if model.chance.uniform(draws.LEAVE, model.half_term, teacher.uid, 0) < model.p.careers_leave:
                gone.add(teacher)
                recruit(model, teacher)
    model.friendships = [one for one in model.friendships if one.a not in gone and one.b not in gone]


def move(model: Twin) -> None:
    """Those who move change places two by two, within an authority; they keep up with some old colleagues."""
    old_school: dict[Teacher, School] = {}
    for schools in model.roster:
        for secondary in (False, True):
            movers = _movers(model, [school for school in schools if (school.phase == SECONDARY) == secondary])
            for one, two in zip(movers[::2], movers[1::2], strict=False):
                if one.school is not two.school:
                    old_school[one], old_school[two] = one.school, two.school
                    change_places(one, two, one.school.difference_from(two.school))
    model.friendships = [one for one in model.friendships if one.a.school is not one.b.school]
    for school in model.schools:
        for teacher in school.staff:
            if teacher in old_school:
                _keep_up(model, teacher, old_school[teacher])


def _movers(model: Twin, schools: list[School]) -> list[Teacher]:
    chance, step = model.chance, model.half_term
    movers = [
        teacher
        for school in schools
        for teacher in school.staff
        if chance.uniform(draws.MOVE, step, teacher.uid, 0) < model.p.careers_move
    ]
    return sorted(movers, key=lambda teacher: chance.uniform(draws.MOVE, step, teacher.uid, 1))


def _keep_up(model: Twin, mover: Teacher, old_school: School) -> None:
    p, chance, step = model.p, model.chance, model.half_term
    for attempt in range(int(p.careers_carried_ties)):
        draw = chance.uniform(draws.CARRIED_TIES, step, mover.uid, attempt)
        colleague = old_school.staff[int(draw * len(old_school.staff))]
        model.friendships.append(Friendship(mover, colleague, 0.55, 0.5))
    if chance.uniform(draws.CARRIED_TIES, step, mover.uid, 99) < p.careers_school_tie:
        if old_school not in mover.school.ties:
            mover.school.tie_to(old_school, 0.4, 0.3)


def new_heads(model: Twin) -> None:
    """Some heads leave."""
    for school in model.schools:
        draw = model.chance.uniform(draws.HEAD_LEAVES, model.half_term, school.uid, 0)
        if draw < model.p.leadership_turnover:
            school.new_head()


def forget_unused(model: Twin) -> None:
    """A created practice that nobody holds any more makes room for another."""
    for what in model.practices:
        if what.alive and what.born > -100 and model.half_term - what.born >= 6:
            what.alive = any(school.mastery[what.number] > 0.0 for school in model.schools)
