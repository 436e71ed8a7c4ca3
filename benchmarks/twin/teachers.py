"""Teachers: what they work on at home, learn, use, see and feel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from benchmarks.twin.objects import Friendship, Hold, Lesson
from benchmarks.twin.rules import identity, learning, practice, toward, unit
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School

AT_HOME = 0.5
NOTHING = Hold()


class Teacher(mesa.Agent):
    """One person, in the post `school.staff[place]`."""

    model: Twin

    def __init__(self, model: Twin, uid: int, school: School, place: int) -> None:
        """Put a person in a post; who they are is drawn from their uid."""
        super().__init__(model)
        self.uid, self.school, self.place = uid, school, place
        p, chance = model.p, model.chance
        self.rest = unit(p.confidence_mean + p.confidence_sd * chance.normal(draws.PERSON, 0, uid, 0))
        self.confidence = self.rest
        self.enterprise = chance.uniform(draws.PERSON, 0, uid, 1)
        self.transfer = unit(0.3 + 0.15 * chance.normal(draws.PERSON, 0, uid, 2))
        self.learning = unit(0.5 + 0.12 * chance.normal(draws.PERSON, 0, uid, 3))
        self.values = chance.uniform(draws.PERSON, 0, uid, 4)
        self.skill = p.careers_new_skill + p.careers_skill_sd * chance.normal(draws.PERSON, 0, uid, 8)
        self.years = 0.0
        self.holds: dict[int, Hold] = {}  # by practice; what is not held at all is not there
        self.focus: int | None = None
        self.focus_age = 0
        self.best_friendship: Friendship | None = None
        self.open_half_term()
        self.gain_confidence = self.gain_transfer = self.gain_learning = 0.0

    def open_half_term(self) -> None:
        """Begin a half-term with nothing done."""
        self.pairs = 0  # of joint work
        self.load = 0  # new practices being learned
        self.out = 0.0  # hours out of class
        self.effect = 0.0
        self.lessons: list[Lesson] = []

    def hold(self, one: int) -> Hold:
        """How the teacher holds a practice; read only."""
        return self.holds.get(one, NOTHING)

    def choose_focus(self, weights: list[float]) -> None:
        """Keep the focus for a while, then take what the school weighs and the teacher lacks most."""
        self.focus_age += 1
        if self.focus is not None and self.focus_age < self.model.p.home_focus_kept:
            return
        chance, step, best = self.model.chance, self.model.half_term, -1.0
        self.focus, self.focus_age = 0, 0
        for one, weight in enumerate(weights):
            if weight > 0.0:
                luck = 0.5 + chance.uniform(draws.FOCUS, step, self.uid, one)
                wanted = weight * (1.0 - self.hold(one).mastery) * luck
                if wanted > best:
                    best, self.focus = wanted, one

    def learn_from_a_colleague(self) -> Lesson | None:
        """What the best of the colleagues who come to mind teaches; noted by the caller, from the state as found."""
        p, one, school = self.model.p, self.focus, self.school
        if one is None:
            return None
        other = self
        for attempt in range(p.home_colleagues):
            draw = self.model.chance.uniform(draws.COLLEAGUE, self.model.half_term, self.uid, attempt)
            seen = school.staff[int(draw * len(school.staff))]
            if seen.hold(one).mastery > other.hold(one).mastery:
                other = seen
        own, source, what = self.hold(one), other.hold(one), self.model.practices[one]
        if other is self:
            return None
        tone = p.home_tone_base + (1.0 - p.home_tone_base) * school.tone
        hours = (p.home_hours + school.home_hours) * tone
        near = learning.zone(source.mastery - own.mastery, 0.5 * (self.confidence + AT_HOME), p)
        ease = near * learning.access(what.tacit, p.home_face, p.home_familiarity, other.transfer, p)
        share = learning.taken_up(ease * learning.dose(hours, what.hours, AT_HOME, self.learning, p))
        reached = toward(own.mastery, learning.ceiling(source.mastery, what.tacit, p.home_face, p), share)
        if own.mastery < reached < 0.5:
            self.load += 1
        tuned, owned = toward(own.tuning, source.tuning, share), toward(own.ownership, 0.6, share)
        return Lesson(one, reached - own.mastery, tuned - own.tuning, owned - own.ownership)

    def settle(self) -> None:
        """Add up the half-term's lessons, to full at most."""
        for lesson in self.lessons:
            hold = self.holds.setdefault(lesson.practice, Hold())
            hold.mastery = unit(hold.mastery + lesson.mastery)
            hold.tuning = unit(hold.tuning + lesson.tuning)
            hold.ownership = unit(hold.ownership + lesson.ownership)
        self.transfer = unit(self.transfer + self.gain_transfer)
        self.learning = unit(self.learning + self.gain_learning)
        self.gain_transfer = self.gain_learning = 0.0

    def use(self) -> None:
        """Use what is owned, and so keep and tune it; forget the rest."""
        p = self.model.p
        for one, hold in list(self.holds.items()):
            level = practice.kept_up(hold.mastery, hold.ownership, p.practice_decay, p.practice_keep)
            if level < p.practice_forgotten:
                del self.holds[one]
                continue
            hold.mastery = min(1.0, level)
            hold.tuning += p.practice_tuning_by_use * hold.mastery * (1.0 - hold.tuning)

    def watch_pupils(self) -> None:
        """Watch one practice in the own class; hold it dearer or drop it by what is seen."""
        p, chance, step = self.model.p, self.model.chance, self.model.half_term
        one = int(chance.uniform(draws.OBSERVE, step, self.uid, 0) * len(self.model.practices))
        hold = self.hold(one)
        if hold.mastery <= 0.0:
            return
        noise = p.practice_response_noise * chance.normal(draws.OBSERVE, step, self.uid, 1)
        seen = self.model.practices[one].effect * self.realised(one, hold) + noise
        change = practice.response(seen, p.practice_response, p.practice_response_scale)
        hold.ownership = practice.heartened(hold.ownership, change)
        if seen < p.practice_dropped_below:
            hold.mastery *= 0.5

    def realised(self, one: int, hold: Hold) -> float:
        """What is realised of a practice in this school."""
        what = self.model.practices[one]
        return practice.realised(hold.mastery, hold.tuning, what.dependence, self.school.unfamiliar[one])

    def teach(self) -> None:
        """Have an effect on pupils."""
        p, practices = self.model.p, self.model.practices
        self.effect = self.skill
        for one, hold in self.holds.items():
            self.effect += practices[one].effect * self.realised(one, hold)
        self.effect -= practice.dip(self.load, p.practice_dip, p.practice_swamp)
        self.effect -= practice.cover_harm(self.out, p.cover_harm)

    def settle_confidence(self) -> None:
        """Feel what happened, and relax toward oneself and one's school."""
        p, school = self.model.p, self.school
        rest = identity.resting_confidence(self.rest, school.standing, school.badge, p)
        confidence = self.confidence + self.gain_confidence
        self.confidence = unit(confidence + p.confidence_settle * (rest - confidence))
        self.gain_confidence = 0.0


def recruit(model: Twin, leaver: Teacher) -> Teacher:
    """Someone new in a leaver's post, with some practice from elsewhere."""
    chance, step, school, place = model.chance, model.half_term, leaver.school, leaver.place
    uid = chance.pair(chance.pair(school.uid, place), 1_000_000 + step)
    new = Teacher(model, uid, school, place)
    for what in model.practices:
        key = 4 * what.number
        if what.born < -100 and chance.uniform(draws.RECRUIT, step, uid, key) < 0.12:
            mastery = 0.4 + 0.2 * chance.normal(draws.RECRUIT, step, uid, key + 1)
            ownership = 0.5 + 0.2 * chance.normal(draws.RECRUIT, step, uid, key + 2)
            new.holds[what.number] = Hold(max(0.05, min(1.0, mastery)), 0.2, unit(ownership))
    # The half-term's record is the post's: it is measured after the change.
    new.pairs, new.out, new.load = leaver.pairs, leaver.out, leaver.load
    new.best_friendship = leaver.best_friendship
    school.staff[place] = new
    leaver.remove()
    return new


def change_places(one: Teacher, two: Teacher, unfamiliar: float) -> None:
    """Two people take each other's posts; what was tuned to the old school fits the new one less."""
    one.school, two.school = two.school, one.school
    one.place, two.place = two.place, one.place
    for teacher in (one, two):
        teacher.school.staff[teacher.place] = teacher
        teacher.years, teacher.focus, teacher.focus_age = 0.0, None, 0
        for hold in teacher.holds.values():
            hold.tuning *= 1.0 - unfamiliar
