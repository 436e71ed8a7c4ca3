"""Teachers: what they work on at home, learn, use, see and feel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from benchmarks.twin.objects import Friendship, Gain, Holding
from benchmarks.twin.rules import identity, learning, practice, teaching, toward, unit
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School

HALF_ENGAGED = 0.5
NOT_HELD = Holding()


class Teacher(mesa.Agent):
    """One person, in the post `school.staff[place]`."""

    model: Twin

    def __init__(self, model: Twin, uid: int, school: School, place: int) -> None:
        """Put a person in a post; who they are is drawn from their uid."""
        super().__init__(model)
        self.uid, self.school, self.place = uid, school, place
        p, source = model.p, model.draws
        luck = source.normal(draws.PERSON, 0, uid, 0)
        self.resting_confidence = unit(p.confidence_mean + p.confidence_sd * luck)
        self.confidence = self.resting_confidence
        self.enterprise = source.uniform(draws.PERSON, 0, uid, 1)
        luck = source.normal(draws.PERSON, 0, uid, 2)
        self.transfer = unit(p.careers_transfer_mean + p.careers_transfer_sd * luck)
        luck = source.normal(draws.PERSON, 0, uid, 3)
        self.learning = unit(p.careers_learning_mean + p.careers_learning_sd * luck)
        self.values = source.uniform(draws.PERSON, 0, uid, 4)
        self.skill = p.careers_new_skill + p.careers_skill_sd * source.normal(draws.PERSON, 0, uid, 8)
        self.years = 0.0
        self.holdings: dict[int, Holding] = {}  # by practice; what is not held at all is not there
        self.focus: int | None = None
        self.focus_age = 0
        self.best_friendship: Friendship | None = None
        self.open_half_term()
        self.gain_confidence = self.gain_transfer = self.gain_learning = 0.0

    def open_half_term(self) -> None:
        """Begin a half-term with nothing done."""
        self.pairs = 0  # of joint work
        self.load = 0  # new practices being learned
        self.hours_out = 0.0  # of class
        self.effect = 0.0
        self.gains: list[Gain] = []

    def holding(self, number: int) -> Holding:
        """How the teacher holds a practice; read only."""
        return self.holdings.get(number, NOT_HELD)

    def choose_focus(self, weights: list[float]) -> None:
        """Keep the focus for a while, then take what the school weighs and the teacher lacks most."""
        self.focus_age += 1
        if self.focus is not None and self.focus_age < self.model.p.home_focus_kept:
            return
        source, step, best = self.model.draws, self.model.half_term, -1.0
        self.focus, self.focus_age = 0, 0
        for number, weight in enumerate(weights):
            if weight > 0.0:
                luck = 0.5 + source.uniform(draws.FOCUS, step, self.uid, number)
                wish = weight * (1.0 - self.holding(number).mastery) * luck
                if wish > best:
                    best, self.focus = wish, number

    def learn_from_colleague(self) -> Gain | None:
        """What the best of the colleagues who come to mind teaches; noted by the caller, from the state as found."""
        p, focus, school = self.model.p, self.focus, self.school
        if focus is None:
            return None
        best = self
        for attempt in range(p.home_colleagues):
            draw = self.model.draws.uniform(draws.COLLEAGUE, self.model.half_term, self.uid, attempt)
            colleague = school.staff[int(draw * len(school.staff))]
            if colleague.holding(focus).mastery > best.holding(focus).mastery:
                best = colleague
        own, source, tacit = self.holding(focus), best.holding(focus), self.model.practices[focus].tacit
        if best is self:
            return None
        tone = p.home_tone_base + (1.0 - p.home_tone_base) * school.tone
        hours = (p.home_hours + school.home_hours) * tone
        near = learning.zone(source.mastery - own.mastery, 0.5 * (self.confidence + HALF_ENGAGED), p)
        ease = near * learning.access(tacit, p.home_face, p.home_familiarity, best.transfer, p)
        dose = learning.dose(hours, self.model.practices[focus].hours, HALF_ENGAGED, self.learning, p)
        share = learning.share_learned(ease * dose)
        mastery = toward(own.mastery, learning.ceiling(source.mastery, tacit, p.home_face, p), share)
        if own.mastery < mastery < p.learning_routine:
            self.load += 1
        tuning, ownership = toward(own.tuning, source.tuning, share), toward(own.ownership, p.home_ownership, share)
        return Gain(focus, mastery - own.mastery, tuning - own.tuning, ownership - own.ownership)

    def settle_learning(self) -> None:
        """Add up the half-term's gains, to full at most."""
        for gain in self.gains:
            holding = self.holdings.setdefault(gain.practice, Holding())
            holding.mastery = unit(holding.mastery + gain.mastery)
            holding.tuning = unit(holding.tuning + gain.tuning)
            holding.ownership = unit(holding.ownership + gain.ownership)
        self.transfer = unit(self.transfer + self.gain_transfer)
        self.learning = unit(self.learning + self.gain_learning)
        self.gain_transfer = self.gain_learning = 0.0

    def use_practices(self) -> None:
        """Use what is owned, and so keep and tune it; forget the rest."""
        p = self.model.p
        for number, holding in list(self.holdings.items()):
            mastery = practice.kept_up(holding.mastery, holding.ownership, p.practice_decay, p.practice_keep)
            if mastery < p.practice_forgotten:
                del self.holdings[number]
                continue
            holding.mastery = min(1.0, mastery)
            holding.tuning += p.practice_tuning_by_use * holding.mastery * (1.0 - holding.tuning)

    def watch_pupils(self) -> None:
        """Watch one practice in the own class; hold it dearer or drop it by what is seen."""
        p, source, step = self.model.p, self.model.draws, self.model.half_term
        number = int(source.uniform(draws.OBSERVE, step, self.uid, 0) * len(self.model.practices))
        holding = self.holding(number)
        if holding.mastery <= 0.0:
            return
        noise = p.practice_response_noise * source.normal(draws.OBSERVE, step, self.uid, 1)
        seen = self.model.practices[number].effect * self.realised(number, holding) + noise
        change = practice.response(seen, p.practice_response, p.practice_response_scale)
        holding.ownership = practice.ownership_after_response(holding.ownership, change)
        if seen < p.practice_dropped_below:
            holding.mastery *= 0.5

    def realised(self, number: int, holding: Holding) -> float:
        """What is realised of a practice in this school."""
        dependence = self.model.practices[number].dependence
        return practice.realised(holding.mastery, holding.tuning, dependence, self.school.unfamiliar[number])

    def teach(self) -> None:
        """Have an effect on pupils."""
        p, practices = self.model.p, self.model.practices
        self.effect = self.skill
        for number, holding in self.holdings.items():
            self.effect += practices[number].effect * self.realised(number, holding)
        self.effect -= teaching.dip(self.load, p.practice_dip, p.practice_swamp)
        self.effect -= teaching.cover_harm(self.hours_out, p.cover_harm)

    def settle_confidence(self) -> None:
        """Feel what happened, and relax toward oneself and one's school."""
        p, school = self.model.p, self.school
        rest = identity.resting_confidence(self.resting_confidence, school.standing, school.badge, p)
        confidence = self.confidence + self.gain_confidence
        self.confidence = unit(confidence + p.confidence_settle * (rest - confidence))
        self.gain_confidence = 0.0
