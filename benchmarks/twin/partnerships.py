"""Partnerships: how one begins, who works with whom, and what a half-term of joint work gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schoolsim.rules.words import CREATION, EXCHANGE, FREE_MODE, PURSE_ORIGINATOR

from benchmarks.twin.lessons import engagement_of, learn, originate
from benchmarks.twin.objects import Tie
from benchmarks.twin.rules import engagement, horizon, identity, modes, search, time_money
from benchmarks.twin.teachers import Teacher
from schoolsim import draws
from schoolsim.system.state import PAIRS

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School


@dataclass(slots=True)
class Post:
    """A post and who was in it."""

    school: School
    place: int
    teacher: Teacher

    @property
    def holder(self) -> Teacher:
        """Who is in the post now."""
        return self.school.staff[self.place]

    @property
    def still_there(self) -> bool:
        """Whether nobody has followed."""
        return self.holder is self.teacher


class Partnership:
    """Two schools at joint work."""

    def __init__(self, model: Twin, originator: School, partner: School, tie: Tie, programme: bool = False) -> None:
        """Begin."""
        self.model, self.originator, self.partner, self.tie = model, originator, partner, tie
        p, chance, step = model.p, model.chance, model.half_term
        self.programme, self.imposed = programme, bool(programme and p.programme_imposed)
        self.uid = chance.pair(originator.uid, partner.uid)
        self.began = step
        most = max(p.end_task_least, p.end_task_most)
        draw = chance.uniform(draws.TASK_LENGTH, step, self.uid, 0)
        self.due = step + p.end_task_least + int(draw * (most - p.end_task_least + 1))
        draw = chance.uniform(draws.DEMAND, step, self.uid, 0)
        self.demand = p.time_demand_least + (p.time_demand_most - p.time_demand_least) * draw
        self.pounds = self.foreboding = self.given = self.returned = 0.0
        self.courted = horizon.courtship(tie.mean_trust, tie.familiarity, p)
        self.phase = horizon.phase(0, self.courted, p)
        self.hours = self.gain = self.engagement = 0.0
        originator.commitments += 1
        partner.commitments += 1
        originator.originated = True
        self.back: int | None = None
        self.choose_focus()
        self.choose_mode()
        if modes.both_learn(self.mode):
            partner.originated = True
        self.choose_pairs()
        model.ledger.counts["begun"] += 1

    # --- what is worked on, how, and by whom -------------------------------------------------------

    def choose_focus(self) -> None:
        """Work on the partner's need if it is admitted and can be met, else on the originator's favourite."""
        model, p, one, two = self.model, self.model.p, self.originator, self.partner
        stakes = p.stakes_level * (1.0 - two.protection)
        gap = two.status_gap_below(one)
        likely = search.disclosure(self.tie.trust[two], stakes, gap, self.tie.rivalry, p)
        admitted = model.chance.uniform(draws.DISCLOSE, model.half_term, self.uid, 0) < likely
        need = two.need
        met = need is not None and one.mastery[need] > two.mastery[need] + p.exchange_counter_gap
        self.focus = need if admitted and met else self.favourite()
        self.own_need = self.focus == need
        self.refocused = model.half_term
        model.ledger.counts["focuses"] += 1
        model.ledger.counts["disclosed"] += admitted

    def favourite(self) -> int:
        """What the originator likes best to show."""
        alive = [what for what in self.model.practices if what.alive]
        best = max(alive, key=lambda what: self.originator.mastery[what.number] * (0.5 + 0.5 * what.appeal))
        return best.number

    def best_return(self) -> int | None:
        """The practice in which the partner leads the originator most."""
        best, found = self.model.p.exchange_counter_gap, None
        for what in self.model.practices:
            lead = self.partner.mastery[what.number] - self.originator.mastery[what.number]
            if what.alive and what.number != self.focus and lead > best:
                best, found = lead, what.number
        return found

    def choose_mode(self) -> None:
        """Agree on a mode, or take the programme's."""
        model, p, one, two = self.model, self.model.p, self.originator, self.partner
        back = self.best_return()
        likely = identity.counter_offers(two.confidence, two.status_gap_below(one), p)
        draw = model.chance.uniform(draws.OFFER, model.half_term, self.uid, 0)
        offered = back is not None and draw < likely
        if self.programme and p.programme_mode != FREE_MODE:
            self.mode = modes.settled_mode(p.programme_mode - 1, p)
            offered = back is not None
        else:
            luck = model.chance.uniform(draws.MODE, model.half_term, self.uid, 0)
            kind, unlike = model.practices[self.focus].kind, one.difference_from(two)
            self.mode = search.chosen_mode(self.tie.mean_trust, offered, kind, unlike, luck, p)
        self.back = back if modes.both_learn(self.mode) and offered else None

    def choose_pairs(self) -> None:
        """The able and confident share; those with most to gain, and enterprise, learn."""
        p, focus = self.model.p, self.focus
        funded = self.programme and p.funding_per_partnership > 0.0
        share = p.pairs_share_funded if funded else p.pairs_share
        smaller = min(len(self.originator.staff), len(self.partner.staff))
        number = max(1, min(PAIRS, int(share * smaller + 0.5)))

        def worth_sharing(teacher: Teacher) -> float:
            return teacher.hold(focus).mastery + 0.5 * teacher.confidence

        def worth_learning(teacher: Teacher) -> float:
            return (1.0 - teacher.hold(focus).mastery) * identity.seeks_out(teacher.enterprise, p)

        givers = self._best(self.originator, number, worth_sharing, 0)
        self.pairs = list(zip(givers, self._best(self.partner, number, worth_learning, 1), strict=True))

    def _best(self, school: School, number: int, worth: Callable[[Teacher], float], attempt: int) -> list[Post]:
        def score(teacher: Teacher) -> float:
            draw = self.model.chance.uniform(draws.PAIR, self.model.half_term, teacher.uid, attempt)
            return worth(teacher) + 0.3 * draw

        best = sorted(school.staff, key=score, reverse=True)[:number]
        return [Post(school, teacher.place, teacher) for teacher in best]

    # --- joint work --------------------------------------------------------------------------------

    def count_pairs(self) -> None:
        """Say who has how many pairs, before anybody's hours are divided."""
        self.at_work = [
            (giver.teacher, learner.teacher)
            for giver, learner in self.pairs
            if giver.still_there and learner.still_there
        ]
        for pair in self.at_work:
            for teacher in pair:
                teacher.pairs += 1

    def work(self) -> None:
        """Spend the half-term's hours; a pair may give birth to a practice."""
        self.hours = self.gain = self.engagement = 0.0
        self.parents: tuple[Teacher, Teacher] | None = None
        model, p, number = self.model, self.model.p, len(self.at_work)
        if number == 0:
            model.ledger.pounds["returned"] += self.pounds
            return
        self.phase = horizon.phase(model.half_term - self.began, self.courted, p)
        self.how = horizon.in_phase(modes.terms(self.mode, p), self.phase, p)
        how, unlike = self.how, self.originator.difference_from(self.partner)
        for place, (giver, learner) in enumerate(self.pairs):
            if not (giver.still_there and learner.still_there):
                continue
            hours = self.spend(giver.teacher, learner.teacher, how)
            if hours <= 0.0:
                continue
            gain, engaged, giving = self.pair_works(giver.teacher, learner.teacher, hours, how)
            self.hours += hours / number
            self.gain += gain / number
            self.engagement += engaged / number
            if self.mode == CREATION:
                likely = modes.creation_chance(hours, engaged * giving, self.tie.mean_trust, unlike, p)
                if model.chance.uniform(draws.CREATE, model.half_term, self.uid, place) < likely:
                    self.parents = giver.teacher, learner.teacher

    def spend(self, giver: Teacher, learner: Teacher, how: Any) -> float:
        """Net joint hours of a pair, every hour and pound accounted for."""
        p, ledger = self.model.p, self.model.ledger
        bought = time_money.bought_hours(self.pounds, len(self.at_work), p)
        part, fixed = time_money.originators_part(p), p.time_arranging + how.overhead
        sides = []
        for teacher, share, comes in ((giver, part, True), (learner, 1.0 - part, False)):
            own = p.time_committed * teacher.school.hours / teacher.pairs
            sides.append((own, bought * share, time_money.travel_hours(self.mode, self.tie.miles, comes, p)))
        left = [own + extra - travel - fixed for own, extra, travel in sides]
        hours = time_money.joint_hours(left[0], left[1], how.share, self.demand)
        for teacher, each, (own, extra, travel) in zip((giver, learner), (1.0, how.share), sides, strict=True):
            used = hours * each + travel + fixed if hours > 0.0 else 0.0
            paid = min(extra, max(0.0, used - own))
            ledger.hours["granted"] += own
            ledger.hours["bought"] += paid
            ledger.hours["unused"] += own + paid - used
            if hours > 0.0:
                ledger.hours["joint"] += hours * each
                ledger.hours["travel"] += travel
                ledger.hours["arranging"] += fixed
            ledger.pounds["cover"] += p.funding_hour * paid
            self.keep_or_return(teacher, extra - paid)
            teacher.out += p.time_in_class * used
        return hours

    def keep_or_return(self, teacher: Teacher, left: float) -> None:
        """An originator that holds the purse keeps what it has not spent outside; the rest goes back."""
        p, pounds = self.model.p, self.model.ledger.pounds
        if p.funding_purse == PURSE_ORIGINATOR and teacher.school is self.originator:
            self.originator.home_hours += p.funding_home_value * left / len(self.originator.staff)
            pounds["home"] += p.funding_hour * left
        else:
            pounds["returned"] += p.funding_hour * left

    def pair_works(self, giver: Teacher, learner: Teacher, hours: float, how: Any) -> tuple[float, float, float]:
        """One pair's lessons; returns the learner's gain and both sides' engagement."""
        p, tie = self.model.p, self.tie
        level, level_back = tie.trust[self.partner], tie.trust[self.originator]
        engaged = engagement_of(self, learner, self.focus, float(self.own_need), how)
        giving = engagement.originators_engagement(
            self.originator.tone, level_back, float(self.imposed), self.foreboding, p
        )
        gain = learn(learner, giver, self.focus, hours, (engaged, giving), (level, tie.familiarity), how)
        originate(giver, self.focus, self.mode, hours, giving)
        if self.back is not None:
            returned = p.exchange_returned_hours * hours
            keen = engagement_of(self, giver, self.back, 0.5, how)
            learn(giver, learner, self.back, returned, (keen, engaged), (level_back, tie.familiarity), how)
            originate(learner, self.back, self.mode, returned, engaged)
            self.returned += returned
        self.given += hours
        if self.mode >= EXCHANGE:
            rate = p.meta_creation if self.mode == CREATION else p.meta_exchange
            learner.gain_learning += rate * hours * engaged * (1.0 - learner.learning)
            giver.gain_learning += rate * hours * giving * (1.0 - giver.learning)
        return gain, engaged, giving

    def end(self) -> None:
        """End; the tie stays."""
        self.model.partnerships.remove(self)
        self.originator.commitments -= 1
        self.partner.commitments -= 1
