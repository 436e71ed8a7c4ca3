"""Each programme does what its source says it rests on: with that thing gone, what it caused is gone."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.rules.codes import ADAPTATION, NEITHER, ORIGINATOR, PARTNER
from tests.programmes.worlds import NOTHING, SEEDS, Changes, given, mean, roles, run


def test_without_a_programme_nobody_is_asked_badged_or_paid() -> None:
    assert set(roles(NOTHING)) == {NEITHER}
    assert run(NOTHING).state.schools.badge.sum() == 0.0
    assert mean(NOTHING, "pounds.granted") == 0.0
    assert mean("beacon", "pounds.granted") > 0.0


def test_a_beacon_makes_the_strong_stronger() -> None:
    """§2.24: originators gain as much or more; less so where they neither learn by showing nor keep the money."""
    small = {"programme.originators": 5, "programme.partners_each": 2}
    lead = given("beacon", ORIGINATOR, small) - given("beacon", PARTNER, small)
    even = {**small, "mechanism.originators_gain": False, "funding.purse": "partnership"}
    assert lead > 0.0
    assert given("beacon", ORIGINATOR, even) - given("beacon", PARTNER, even) < lead


def test_the_leading_edge_badge_is_everybodys() -> None:
    """Recommendation 8: it honours all those involved, and partners are the more confident for it."""
    state = run("leading_edge").state
    inside = state.programmes.role[1]
    assert np.array_equal(state.schools.badge > 0.0, inside != NEITHER)
    assert (inside == PARTNER).any()
    alone = {"badging.scope": "individual"}
    assert mean("leading_edge", "confidence.partner") > mean("leading_edge", "confidence.partner", alone)


def test_leading_edge_asks_who_adds_value_and_not_who_has_results() -> None:
    """§2.25."""
    for seed in SEEDS:
        asked = roles("leading_edge", None, seed) == ORIGINATOR
        by_results = roles("leading_edge", {"programme.select": "best"}, seed) == ORIGINATOR
        value = run("leading_edge", None, seed).state.schools.value_start
        assert value[asked].mean() > value[by_results].mean()


def test_outreach_is_nothing_without_advanced_skills_teachers() -> None:
    """§3.21: it is in their brief, a fifth of their time."""
    nobody = {"ast.share": 0.0}
    assert mean("ast_outreach", "hours.coaching", nobody) == 0.0
    assert mean("ast_outreach", "hours.coaching") > 0.0
    assert mean("ast_outreach", "progress.mean") > mean("ast_outreach", "progress.mean", nobody)


def miles(programme: str, changes: Changes | None = None) -> float:
    """Mean distance between partners of a programme in its first years."""
    found = []
    for seed in SEEDS:
        state = run(programme, changes, seed, 1).state
        at_work = (state.partnerships.alive > 0) & (state.partnerships.programme > 0)
        one, two = state.partnerships.originator[at_work], state.partnerships.partner[at_work]
        schools = state.schools
        apart = np.hypot(schools.east[one] - schools.east[two], schools.north[one] - schools.north[two])
        found.append(float(apart.mean()))
    return float(np.mean(found))


def test_specialist_schools_work_with_schools_further_off() -> None:
    """§2.12: across the borders of catchment areas."""
    assert miles("specialist_schools") > 1.1 * miles("specialist_schools", {"programme.select": "any"})


def test_facilitated_networks_outlive_a_leader() -> None:
    """§3.43: the college carries them; without it, and with nobody else to lead, they stop."""
    stops = {"network.leader_stops": 1.0, "programme.members": 5}
    assert mean("networked_learning_communities", "networks.led", stops, 2) == 2.0
    alone = {**stops, "network.facilitated": False}
    assert mean("networked_learning_communities", "networks.led", alone, 2) == 0.0


def test_networked_learning_communities_need_good_events() -> None:
    """§3.43: without gatherings teachers have no audience."""
    none = {"broker.dialogue": False}
    programme = "networked_learning_communities"
    assert mean(programme, "confidence.mean") > mean(programme, "confidence.mean", none)


def test_a_zone_that_loses_its_brokers_brings_fewer_together() -> None:
    """§3.45: new ways of working which would not have happened without them."""
    zones = {"programme.members": 5}
    none = {**zones, "broker.number": 0}
    assert mean("excellence_cluster", "broker.introductions", none) == 0.0
    begun = mean("excellence_cluster", "partnerships.begun", zones)
    assert begun > 1.1 * mean("excellence_cluster", "partnerships.begun", none)


def test_a_central_fund_is_claimed_or_not() -> None:
    """§3.23: claims go unmade, unless heads pass the news on."""
    assert mean("leadership_incentive_grant", "pounds.unclaimed") > 0.0
    told = {"leadership.communication_mean": 1.0, "leadership.sd": 0.0}
    assert mean("leadership_incentive_grant", "pounds.unclaimed", told) == 0.0


def test_the_cluster_needs_its_get_togethers() -> None:
    """§3.45: without meetings, less trust."""
    none = {"network.meetings": 0}
    assert mean("leadership_incentive_grant", "trust.mean") > mean("leadership_incentive_grant", "trust.mean", none)


def test_the_innovators_stop_with_the_money() -> None:
    """§3.13: two years; then the funding stops."""
    longer = {"funding.years": 4, "network.years": 4}
    granted, going_on = (run("ict_innovators", changes, 1, 4).yearly("pounds.granted") for changes in (None, longer))
    assert (granted[:2] > 0.0).all()
    assert (granted[2:] == 0.0).all()
    assert (going_on > 0.0).all()
    left, kept = (mean("ict_innovators", "partnerships.programme", changes, 4) for changes in (None, longer))
    assert left < 0.5 * kept


def test_scholars_learn_and_spread_little() -> None:
    """§2.41: they look into their own practice, and are in no hurry."""
    none = {"enquiry.share": 0.0, "university.involvement": 0.0}
    assert mean("research_scholarships", "learning.mean") > mean("research_scholarships", "learning.mean", none)
    more = mean("research_scholarships", "transfers.year") / mean(NOTHING, "transfers.year")
    assert more < 1.5


def test_an_award_brings_callers_only_through_ties() -> None:
    """§4.4: schools are unlikely to contact others cold."""
    requests, cold = (mean("leading_aspect", f"accreditation.{what}") for what in ("requests", "cold"))
    assert requests > 5.0 * cold
    strangers = {"accreditation.tied": 0.0}
    assert mean("leading_aspect", "accreditation.requests", strangers) < 0.5 * requests
    told = {"accreditation.fund": 5000.0}
    assert mean("leading_aspect", "accreditation.cold", told) > cold


def test_what_an_authority_knows_goes_with_its_broker() -> None:
    """§3.41: the officer knows who to go to."""
    none = {"broker.number": 0}
    assert mean("authority_brokerage", "broker.knowledge", none) == 0.0
    assert mean("authority_brokerage", "broker.knowledge") > 0.0
    # Officers who judge are told less.
    free = {"broker.judges": False}
    assert mean("authority_brokerage", "broker.knowledge", free) > mean("authority_brokerage", "broker.knowledge")


def test_a_website_reaches_the_enterprising() -> None:
    """§3.24: it may not assist those who do not know what they need."""
    none = {"website.rate": 0.0}
    assert mean("authority_brokerage", "learnt.website") > mean("authority_brokerage", "learnt.website", none) == 0.0
    reached = {"outreach.diffident": 1.0}
    assert mean("authority_brokerage", "learnt.website", reached) > mean("authority_brokerage", "learnt.website")


def test_unlike_schools_adapt_what_they_borrow() -> None:
    """West Sussex: from schools that differ, made anew at home."""
    state = run("learning_about_improvement", None, 1, 1).state
    at_work = (state.partnerships.alive > 0) & (state.partnerships.programme > 0)
    assert at_work.any()
    assert set(state.partnerships.mode[at_work]) == {ADAPTATION}

    def spread(changes: Changes | None) -> float:
        found = []
        for seed in SEEDS:
            members = roles("learning_about_improvement", changes, seed, 1) != NEITHER
            context = run("learning_about_improvement", changes, seed, 1).state.schools.context
            found.append(float(context[members].std(axis=0).mean()))
        return float(np.mean(found))

    assert spread(None) > spread({"network.select": "any"})


@pytest.mark.parametrize("seed", SEEDS)
def test_three_strong_schools_support_the_weakest(seed: int) -> None:
    """Kingsdown: three successful schools and one of the lowest fifth in standing of those that could be asked."""
    role = roles("intensive_support", None, seed, 1)
    schools = run("intensive_support", None, seed, 1).state.schools
    assert (role == ORIGINATOR).sum() == 3
    assert (role == PARTNER).sum() == 1
    free = schools.closed == 0
    (supported,) = np.flatnonzero(role == PARTNER)
    assert schools.published[role == ORIGINATOR].min() > schools.published[supported]
    assert (schools.standing[free] < schools.standing[supported]).mean() <= 0.2


def test_triads_stop_with_the_volunteer_who_leads_them() -> None:
    """When I stopped leading and managing it no-one else felt to take it on."""
    stops, goes_on = {"network.leader_stops": 1.0}, {"network.leader_stops": 0.0, "leadership.turnover": 0.0}
    assert mean("peer_review_triads", "networks.led", stops) == 0.0
    assert mean("peer_review_triads", "networks.led", goes_on) == 1.0
    visits = run("peer_review_triads", goes_on).yearly("hours.meetings")
    assert (visits > 0.0).all()
    # Without brokers nobody else sits in meetings.
    assert not run("peer_review_triads", {**stops, "mechanism.brokers": False}).yearly("hours.meetings").any()
    # Some elements go on in an informal way, not to the same degree.
    ties = [
        mean("peer_review_triads", "ties.degree", {**stops, "network.informal": 0.0}),
        mean("peer_review_triads", "ties.degree", stops),
        mean("peer_review_triads", "ties.degree", {**goes_on, "network.informal": 0.0}),
    ]
    assert ties[0] < ties[1]
    assert ties[0] < ties[2]


def test_the_partnership_needs_its_pooled_money_for_a_facilitator() -> None:
    """We all pay money into an account; the facilitator takes all the pressure off us."""
    none = {"network.pounds": 0.0}
    assert mean("challenge_partnership", "pounds.facilitator") > 0.0
    assert mean("challenge_partnership", "pounds.facilitator", none) == 0.0
    assert mean("challenge_partnership", "trust.mean") > mean("challenge_partnership", "trust.mean", none)


def test_the_package_gives_partners_more_than_beacon_does() -> None:
    """§5: for the same grant."""
    small = {"programme.originators": 5, "programme.partners_each": 2}
    package = given("joint_practice_development", PARTNER, small)
    assert package > 2.0 * max(0.0, given("beacon", PARTNER, small))
    apart = {name: mean(name, "pounds.granted", small) for name in ("beacon", "joint_practice_development")}
    assert apart["beacon"] > 0.0
