"""Who is asked, badged, paid and closed down: small systems worked by hand (M19, M27-M29, M39)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import NEITHER, ORIGINATOR, PARTNER, SECONDARY
from schoolsim.system.phases import policy
from schoolsim.system.programmes.badges import give_badges
from schoolsim.system.programmes.money import pay
from schoolsim.system.programmes.originators import start_programme
from schoolsim.system.programmes.policy_change import close_programmes
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.ledger import BIDS, BIDS_WON_SKILL, DRIFTED, ENDED, GRANTED, RESETS, UNCLAIMED
from tests.system.by_hand import certain, luck, partnership, put, put_row, seed_where, state_of, tie

# --- policy changes -------------------------------------------------------------------------------


def schemes() -> State:
    """Four partnerships of pairs of schools on a tie each; the first two are the programme's."""
    state = state_of(8, 2, brokers=1, partnerships=4)
    for slot in range(4):
        tie(state, slot, (2 * slot, 2 * slot + 1), trust_ab=0.8, trust_ba=0.4)
        partnership(state, slot, (2 * slot, 2 * slot + 1), slot, programme=int(slot < 2), imposed=1, pounds=9.0)
    put(state.schools, role=[1, 2, 1, 2, 0, 0, 0, 2])
    put(state.teachers, transfer=0.5)
    state.broker_knowledge.strengths[:] = 0.8
    return state


@pytest.mark.parametrize("half_term", [-1, 0, 1, 7])
def test_policy_changes_by_a_draw_once_it_has_begun(half_term: int) -> None:
    """Every .5 years is a chance of a third a half-term: one draw decides, and one whether it counts."""
    p = certain(policy__churn=0.5, policy__continuity=0.4)
    changed = []
    for seed in range(1, 13):
        comes = luck(seed, draws.CHURN, half_term, 0, 0) < 1 / 3
        spared = luck(seed, draws.CHURN, half_term, 0, 1) < 0.4
        state = schemes()
        closed = close_programmes(state, p, Clock((seed, half_term)))
        expected = half_term > 0 and comes and not spared
        assert closed == (2 if expected else 0)
        assert state.partnerships.alive[:4].tolist() == ([0, 0, 1, 1] if expected else [1, 1, 1, 1])
        assert state.ledger.counts[RESETS] == expected
        changed.append(expected)
    assert any(changed) == (half_term > 0)
    assert not all(changed)


def test_a_change_of_policy_strains_ties_and_forgets_what_was_learned_of_working_together() -> None:
    """Trust loses .25 of itself, what brokers know .2, those at work .2 of their skill in passing on."""
    p = certain(policy__churn=1 / 6, policy__continuity=0.0, policy__strain=0.25, policy__forgotten=0.2)
    state = schemes()
    put(state.partnerships, network=1, prize=2.0, foreboding=0.5)
    state.partnerships.learner_uid[1, 0] = 1  # who has left is not the one who forgets
    close_programmes(state, p, Clock((1, 3)))
    ties, schools = state.ties, state.schools
    assert ties.trust_ab[:4].tolist() == pytest.approx([0.6, 0.6, 0.8, 0.8])
    assert ties.trust_ba[:4].tolist() == pytest.approx([0.3, 0.3, 0.4, 0.4])
    assert state.broker_knowledge.strengths[0].tolist() == pytest.approx([0.64] * 8)
    assert state.teachers.transfer.tolist() == pytest.approx([0.4, 0.5, 0.4] + [0.5] * 13)
    assert schools.role.tolist() == [NEITHER] * 8
    assert schools.commitments.tolist() == [0] * 4 + [1] * 4
    assert state.ledger.counts[ENDED] == 2
    here = state.partnerships
    for name in ("programme", "imposed", "network", "pounds", "prize", "foreboding"):
        assert getattr(here, name)[:2].tolist() == [0, 0], name


def test_continuity_softens_what_is_lost() -> None:
    """Three quarters are kept: a quarter of the strain .4, and of what is forgotten, .2."""
    p = certain(policy__churn=1 / 6, policy__continuity=0.75, policy__strain=0.4, policy__forgotten=0.2)
    seed = seed_where(lambda seed: luck(seed, draws.CHURN, 3, 0, 1) >= 0.75)
    state = schemes()
    assert close_programmes(state, p, Clock((seed, 3))) == 2
    assert state.ties.trust_ab[0] == pytest.approx(0.8 * 0.9)
    assert state.teachers.transfer[0] == pytest.approx(0.5 * 0.95)
    assert state.broker_knowledge.strengths[0, 0] == pytest.approx(0.8 * 0.95)


def test_what_is_closed_starts_again_with_as_many_partnerships() -> None:
    """The policy phase: two closed, two begun, under originators chosen anew."""
    p = certain(
        policy__churn=1 / 6, policy__continuity=0.0, programme__originators=4, programme__partners_each=1,
        programme__select="best", funding__per_partnership=0.0,
    )  # fmt: skip
    state = schemes()
    put(state.schools, standing=[10, 20, 30, 40, 50, 60, 70, 80])
    policy.run(state, p, Clock((1, 3)))
    here = state.partnerships
    new = np.flatnonzero(here.alive & (here.programme == 1))
    assert len(new) == 2
    assert sorted(here.originator[new].tolist()) == [6, 7]
    assert np.flatnonzero(state.schools.role == ORIGINATOR).tolist() == [6, 7]


# --- who is asked ---------------------------------------------------------------------------------


def begun(state: State, most: int = 99, **values: float | str) -> list[tuple[int, int]]:
    """Originator and partner of the programme's partnerships, in the order of their slots."""
    usual = {"programme__originators": 2, "programme__partners_each": 2, "programme__select": "best"}
    start_programme(state, certain(**usual | {"market__choice_weight": 0.0} | values), Clock((1, 0)), most)
    here = state.partnerships
    slots = np.flatnonzero(here.alive & (here.programme == 1))
    return [(int(here.originator[slot]), int(here.partner[slot])) for slot in slots]


def schools(number: int = 7, **groups: object) -> State:
    state = state_of(number, 2, ties=20, **groups)  # type: ignore[arg-type]
    put(state.schools, standing=10.0 * np.arange(number))
    return state


def test_the_best_are_originators_and_take_turns_to_choose_the_weakest() -> None:
    state = schools()
    assert begun(state) == [(6, 0), (5, 1), (6, 2), (5, 3)]
    assert state.schools.role.tolist() == [PARTNER] * 4 + [NEITHER, ORIGINATOR, ORIGINATOR]
    assert state.schools.originated.tolist()[5:] == [1, 1]
    assert not state.partnerships.imposed[:4].any()


def test_no_more_are_begun_than_there_is_room_for() -> None:
    """Three partnerships need two originators of two partners; two need one."""
    assert begun(schools(), 3) == [(6, 0), (5, 1), (6, 2)]
    assert begun(schools(), 2) == [(6, 0), (6, 1)]


def test_where_schools_are_few_there_are_fewer_originators() -> None:
    """Five schools are one originator with two partners; six are two."""
    assert begun(schools(5)) == [(4, 0), (4, 1)]
    assert len(begun(schools(6))) == 4


def test_closed_heads_and_other_authorities_are_not_asked_unless_told_or_sought() -> None:
    state = schools()
    put(state.schools, closed=[1, 0, 0, 0, 0, 0, 1])
    assert begun(state, programme__originators=1) == [(5, 1), (5, 2)]
    state = schools()
    put(state.schools, closed=[1, 0, 0, 0, 0, 0, 1])
    assert begun(state, programme__originators=1, programme__imposed=1) == [(6, 0), (6, 1)]
    assert state.partnerships.imposed[:2].tolist() == [1, 1]
    apart = schools(authorities=(0, 0, 0, 0, 1, 1, 1))
    assert begun(apart, programme__originators=1) == [(6, 4), (6, 5)]
    apart = schools(authorities=(0, 0, 0, 0, 1, 1, 1))
    found = begun(apart, programme__originators=1, programme__select="cross_area", programme__need=1.0)
    assert all(apart.schools.authority[one] != apart.schools.authority[other] or other < one for one, other in found)


def test_trust_known_and_need_decide_between_partners() -> None:
    """Equal results: the one that trusts the originator most is drawn to it, quarrels are never."""
    state = schools(4)
    put(state.schools, standing=[0.0, 0.0, 0.0, 50.0])
    tie(state, 0, (0, 3), trust_ab=0.2, trust_ba=0.9)
    tie(state, 1, (1, 3), trust_ab=0.8, trust_ba=0.1)
    tie(state, 2, (2, 3), trust_ab=1.0, trust_ba=1.0, hostile=1)
    assert begun(state, programme__originators=1) == [(3, 1), (3, 0)]
    state = schools(4)
    put(state.schools, standing=[-30.0, 0.0, 0.0, 50.0])
    tie(state, 0, (0, 3), hostile=1)
    assert begun(state, programme__originators=1, programme__partners_each=1, programme__imposed=1) == [(3, 0)]


def test_a_programme_takes_over_what_two_schools_already_do() -> None:
    state = schools(3)
    tie(state, 0, (0, 2))
    partnership(state, 0, (2, 0), 0)
    assert begun(state, programme__originators=1, programme__partners_each=1) == [(2, 0)]
    assert state.partnerships.alive.sum() == 1
    assert state.ledger.counts[ENDED] == 1
    strangers = schools(3)
    begun(strangers, programme__originators=1, programme__partners_each=1)
    on = find_tie(strangers, 0, 2)
    assert strangers.ties.trust_ab[on] == strangers.ties.trust_ba[on] == certain().trust_stranger
    assert strangers.ties.familiarity[on] == 0.0


# --- badges ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "half_term", "worn"),
    [
        ("none", 12, [0, 0, 0]), ("individual", 12, [1, 0, 0]), ("collective", 12, [1, 1, 0]),
        ("collective", 11, [0, 0, 0]), ("collective", 17, [1, 1, 0]), ("collective", 18, [0, 0, 0]),
    ],
)  # fmt: skip
def test_badges_are_worn_by_those_in_their_scope_while_they_last(scope: str, half_term: int, worn: list[int]) -> None:
    """From year 2 to year 3."""
    state = state_of(3)
    put(state.schools, role=[ORIGINATOR, PARTNER, NEITHER], badge=0.5)
    p = certain(badging__scope=scope, badging__begins=2, badging__years=3, badging__share=1.0)
    give_badges(state, p, Clock((1, half_term)))
    assert state.schools.badge.tolist() == worn


def test_the_last_place_of_a_full_table_is_paid_too() -> None:
    state = funded()
    put_row(state.partnerships, 3, programme=1)
    assert granted(state) == [100.0] * 4


def test_nothing_is_begun_where_a_table_is_full() -> None:
    """Of ties, between strangers; of partnerships, between acquaintances."""
    state = schools(3)
    put(state.ties, alive=1)
    assert begun(state, programme__originators=1) == []
    state = schools(3)
    tie(state, 0, (0, 2))
    tie(state, 1, (1, 2))
    put(state.partnerships, alive=1)
    before = state.schools.commitments.copy()
    start_programme(state, certain(programme__originators=1, programme__partners_each=1), Clock((1, 0)), 9)
    assert state.schools.commitments.tolist() == before.tolist()


def test_a_share_of_them_wears_it_and_always_the_same() -> None:
    for half_term in (0, 9):
        state = state_of(12)
        put(state.schools, role=ORIGINATOR)
        give_badges(state, certain(badging__scope="individual", badging__share=0.5), Clock((1, half_term)))
        chosen = [luck(1, draws.BADGE_SHARE, 0, uid) < 0.5 for uid in state.schools.uid]
        assert state.schools.badge.tolist() == chosen


# --- money ----------------------------------------------------------------------------------------


def granted(state: State, half_term: int = 0, seed: int = 1, **values: float | str) -> list[float]:
    """What each of the first four partnerships is paid."""
    usual: dict[str, float | str] = {
        "funding__per_partnership": 600.0,
        "funding__years": 2,
        "funding__purse": "partnership",
    }
    state.partnerships.pounds[:] = 0.0
    pay(state, certain(**usual | values), Clock((seed, half_term)))
    return state.partnerships.pounds[:4].tolist()


def funded() -> State:
    """Three of the programme's partnerships, the second a network's strand, and one that is not the programme's."""
    state = schemes()
    put_row(state.partnerships, 1, network=1)
    put_row(state.partnerships, 2, programme=1)
    return state


@pytest.mark.parametrize(
    ("covers", "paid"), [("all", [1, 1, 1, 0]), ("originators", [1, 0, 1, 0]), ("networks", [0, 1, 0, 0])]
)
def test_the_grant_is_for_those_it_covers(covers: str, paid: list[int]) -> None:
    state = funded()
    assert granted(state, funding__covers=covers) == [100.0 * one for one in paid]
    assert state.ledger.pounds[GRANTED] == 100.0 * sum(paid)


@pytest.mark.parametrize(("covers", "each"), [("all", 100.0), ("networks", 300.0)])
def test_a_fixed_sum_is_shared_by_those_it_is_for(covers: str, each: float) -> None:
    state = funded()
    paid = granted(state, funding__total=1800.0, funding__per_partnership=1.0, funding__covers=covers)
    assert paid[1] == pytest.approx(each)
    assert state.ledger.pounds[GRANTED] == pytest.approx(300.0)
    gone = funded()
    gone.partnerships.alive[0] = 0
    assert granted(gone, funding__total=1800.0, funding__per_partnership=0.0) == pytest.approx([0.0, 150.0, 150.0, 0.0])


@pytest.mark.parametrize(
    ("half_term", "share", "loss"), [(-1, 0.0, 0.0), (5, 1.0, 0.0), (11, 1.0, 0.5), (14, 0.75, 0.5), (24, 0.0, 0.0)]
)
def test_money_lasts_tapers_and_is_missed_beforehand(half_term: int, share: float, loss: float) -> None:
    """Two years in full, then two in which it shrinks by a twelfth each half-term."""
    state = funded()
    assert granted(state, half_term, funding__taper=2)[0] == pytest.approx(100.0 * share)
    assert state.partnerships.foreboding[:4].tolist() == pytest.approx([loss, loss, loss, 0.0])


def test_a_central_purse_pays_those_who_claim() -> None:
    """Chance .2 + .5 x the mean of the two heads' communication."""
    claimed = []
    for seed in range(1, 9):
        state = funded()
        put(state.schools, communication=np.linspace(0.1, 0.8, 8))
        paid = granted(state, seed=seed, funding__purse="central", funding__claim_base=0.2, funding__claim_slope=0.5)
        for slot in range(3):
            told = 0.5 * (state.schools.communication[2 * slot] + state.schools.communication[2 * slot + 1])
            claims = luck(seed, draws.CLAIM, 0, 700_001 + slot) < 0.2 + 0.5 * told
            assert paid[slot] == (100.0 if claims else 0.0)
            claimed.append(claims)
        assert state.ledger.pounds[UNCLAIMED] == pytest.approx(300.0 - sum(paid))
        assert state.ledger.pounds[GRANTED] == pytest.approx(300.0)
    assert 0 < sum(claimed) < len(claimed)


def bid(seed: int, half_term: int = 6, **values: float | str) -> tuple[State, list[float]]:
    state = funded()
    put(state.schools, bidding=[0.2, 0.9, 0.8, 0.3, 0.4, 0.5, 0.6, 0.7], need=1)
    usual: dict[str, float | str] = {
        "funding__purse": "bid", "bid__won": 0.34, "bid__skill": 1.0, "bid__noise": 0.3, "bid__hours": 10.0,
        "bid__drift": 0.0,
    }  # fmt: skip
    return state, granted(state, half_term, seed, **usual | values)


def strongest(seed: int) -> int:
    """The slot of the strongest of the three bids, written by the better bidder of each pair."""
    strength = [s + 0.3 * draws.normal(seed, draws.BID, 6, 700_001 + slot, 0) for slot, s in enumerate((0.9, 0.8, 0.5))]
    return int(np.argmax(strength))


def test_the_strongest_bid_wins_the_whole_fund() -> None:
    """One of three wins three grants; the better bidder of each partnership has written, the weaker the longer."""
    won = set()
    for seed in range(1, 12):
        state, paid = bid(seed)
        best = strongest(seed)
        assert paid == [300.0 if slot == best else 0.0 for slot in range(4)]
        assert state.partnerships.prize[:4].tolist() == [3.0 if slot == best else 0.0 for slot in range(4)]
        assert state.schools.bidding_hours.tolist() == pytest.approx([0, 6.0, 7.0, 0, 0, 10.0, 0, 0])
        counts = state.ledger.counts
        assert counts[BIDS] == 3
        assert counts[BIDS_WON_SKILL] == pytest.approx((0.9, 0.8, 0.5)[best] - 2.2 / 3)
        assert state.ledger.pounds[GRANTED] == pytest.approx(300.0)
        won.add(best)
    assert len(won) > 1


def test_bids_are_written_once_a_year_and_pay_all_of_it() -> None:
    state, paid = bid(1, 7)
    assert paid == [0.0] * 4
    assert state.ledger.counts[BIDS] == 0
    state.partnerships.prize[2] = 3.0
    assert granted(state, 8, funding__purse="bid") == [0.0, 0.0, 300.0, 0.0]


def test_half_a_bid_won_is_a_bid_won_and_less_is_none() -> None:
    assert sum(one > 0.0 for one in bid(1, bid__won=0.51)[1]) == 2
    state, paid = bid(1, bid__won=0.16)
    assert sum(paid) == 0.0
    assert state.ledger.counts[BIDS] == 0


def test_winners_may_drift_to_what_the_fund_is_for() -> None:
    """The theme is what looks best this year, by appeal and a draw; alive practices only."""
    drifted = 0
    for seed in range(1, 12):
        state, _ = bid(seed, bid__drift=0.5)
        looks = [0.5 * luck(seed, draws.THEME, 6, practice) for practice in range(2)]
        theme, best = int(np.argmax(looks)), strongest(seed)
        drifts = luck(seed, draws.DRIFT, 6, 700_001 + best) < 0.5 and theme != 0
        here = state.partnerships
        assert here.focus[:4].tolist() == [theme if slot == best and drifts else 0 for slot in range(4)]
        assert here.refocused[best] == (6 if drifts else 0)
        assert here.own_need[best] == drifts
        assert state.ledger.counts[DRIFTED] == drifts
        drifted += drifts
    assert 0 < drifted < 11


def paid_in_phase(p: Parameters, half_term: int) -> float:
    state = funded()
    policy.run(state, p, Clock((1, half_term)))
    return float(state.ledger.pounds[GRANTED])


def test_the_policy_phase_pays_and_clears_what_was_paid_before() -> None:
    p = certain(programme__originators=1, funding__per_partnership=600.0, funding__purse="partnership")
    assert paid_in_phase(p, 1) == pytest.approx(300.0)
    assert paid_in_phase(p, -1) == 0.0
    assert paid_in_phase(certain(funding__per_partnership=600.0), 1) == 0.0
    state = funded()
    put(state.schools, bidding_hours=1.0, evaluation_hours=1.0, award_hours=1.0)
    put(state.partnerships, foreboding=0.4)
    policy.run(state, p, Clock((1, 1)))
    assert state.partnerships.pounds[:4].tolist() == [100.0, 100.0, 100.0, 0.0]
    assert not state.partnerships.foreboding.any()
    for name in ("bidding_hours", "evaluation_hours", "award_hours"):
        assert not getattr(state.schools, name).any()


def test_a_school_of_another_phase_is_worth_half_a_trusted_one_to_those_who_seek_the_unlike() -> None:
    """Alike in context: 1 for another phase, against twice the trust of one it knows."""
    for trust, partner in ((0.55, 1), (0.45, 2)):
        state = schools(4)
        put(state.schools, standing=0.0, phase=(0, 0, SECONDARY, 0), closed=(0, 0, 0, 0), role=(0, 0, 0, 0))
        state.schools.context[:] = 0.0
        tie(state, 0, (0, 1), trust_ba=trust)
        tie(state, 1, (0, 3), hostile=1)
        seed = seed_where(
            lambda seed: max(range(4), key=lambda row: draws.normal(seed, draws.MEMBERS, 0, 100_001 + row, 0)) == 0
        )
        p = certain(
            programme__originators=1, programme__partners_each=1, programme__select="unlike", market__choice_weight=0.0
        )
        start_programme(state, p, Clock((seed, 0)), 9)
        assert (state.partnerships.originator[0], state.partnerships.partner[0]) == (0, partner)


@pytest.mark.parametrize(("half_term", "protection"), [(-1, 0.5), (0, 0.75), (1, 0.5)])
def test_heads_are_developed_as_the_policy_begins(half_term: int, protection: float) -> None:
    state = state_of(2)
    policy.run(state, certain(leadership__shielding=0.5), Clock((1, half_term)))
    assert state.schools.protection.tolist() == [protection] * 2
