"""The policy: who is in the programme, with whom, with what badge and what money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsim.rules.words import COLLECTIVE, INDIVIDUAL, NEITHER, ORIGINATOR, PARTNER, SELECT_BEST

from benchmarks.twin.partnerships import Partnership
from benchmarks.twin.rules import horizon
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School


def start(model: Twin) -> None:
    """Choose originators, find each its partners in turns, and pin on the badges."""
    p = model.p
    originators = _originators(model)
    for school in originators:
        school.role = ORIGINATOR
    for _ in range(p.programme_partners_each):
        for originator in originators:
            partner = _partner_for(model, originator)
            if partner is not None:
                partner.role = PARTNER
                tie = originator.ties.get(partner) or originator.tie_to(partner, p.trust_stranger, 0.0)
                # The programme takes over what the two schools already do together.
                before = model.work_of(originator, partner)
                if before is not None:
                    before.end()
                    model.ledger.counts["ended"] += 1
                model.partnerships.append(Partnership(model, originator, partner, tie, programme=True))
    for school in model.schools:
        alone = p.badging_scope == INDIVIDUAL and school.role == ORIGINATOR
        together = p.badging_scope == COLLECTIVE and school.role != NEITHER
        school.badge = 1.0 if alone or together else 0.0


def _originators(model: Twin) -> list[School]:
    p = model.p

    def claim(school: School) -> float:
        luck = model.chance.normal(draws.MEMBERS, model.half_term, school.uid, 0)
        best = school.standing + 0.5 * luck if p.programme_select == SELECT_BEST else luck
        return best - 100.0 if school.closed and not p.programme_imposed else best

    wanted = min(p.programme_originators, len(model.schools) // (1 + p.programme_partners_each))
    return sorted(model.schools, key=claim, reverse=True)[:wanted]


def _partner_for(model: Twin, originator: School) -> School | None:
    """The school with the weakest results that is near, known, no rival, and free."""
    p = model.p

    def suits(school: School) -> float:
        tie = originator.ties.get(school)
        known = 2.0 * tie.trust[school] if tie else 0.0
        off = p.search_distance * originator.miles_to(school) + p.search_rivalry * originator.rivalry_with(school)
        return known - p.programme_need * school.standing - off

    free = [
        school
        for school in model.schools
        if school.role == NEITHER
        and school.authority == originator.authority
        and (p.programme_imposed or not school.closed)
    ]
    return max(free, key=suits, default=None)


def grant(model: Twin) -> None:
    """Pay the programme's partnerships while the money lasts."""
    p = model.p
    share = horizon.paid_share(model.half_term, p) if p.funding_per_partnership > 0.0 else 0.0
    loss = horizon.foreboding(model.half_term, p) if share > 0.0 else 0.0
    for work in model.partnerships:
        work.pounds = share * p.funding_per_partnership / 6.0 if work.programme else 0.0
        work.foreboding = loss if work.programme else 0.0
        model.ledger.pounds["granted"] += work.pounds
