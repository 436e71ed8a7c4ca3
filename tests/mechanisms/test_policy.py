"""Policy, accountability, money, heads, evaluation and accreditation (M28-M30, M38-M41, R3, R4, R8, R9, R18, R19)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.populations import synthetic_authority
from schoolsim.populations.setting import BOUNDS
from schoolsim.system.simulation import Population
from tests.mechanisms.runs import Values, mean, runs, same

PROGRAMME: Values = {"programme.originators": 4, "funding.per_partnership": 10000.0, "funding.years": 4}
BID: Values = {**PROGRAMME, "funding.purse": "bid"}
CENTRAL: Values = {**PROGRAMME, "funding.purse": "central"}
SHARED: Values = {**PROGRAMME, "funding.purse": "partnership"}
INSPECTED: Values = {"inspection.years": 2, "stakes.level": 0.6}
HEADS: Values = {"leadership.turnover": 0.4, "leadership.closed": 0.5}
CHURN: Values = {**SHARED, "policy.churn": 0.5}
FORMAL: Values = {**SHARED, "evaluation.kind": "formal"}
INFORMAL: Values = {**SHARED, "evaluation.kind": "informal"}
AWARDS: Values = {"accreditation.rate": 0.6}
BADGES: Values = {**SHARED, "badging.scope": "individual"}


# --- switches: with a mechanism off, its parameters move nothing

SWITCHED: tuple[tuple[str, Values, Values], ...] = (
    ("bidding", BID, {"bid.skill": 3.0, "bid.hours": 200.0, "bid.drift": 1.0, "bid.won": 0.2, "bid.noise": 1.0}),
    ("horizon", PROGRAMME, {"horizon.together": 0.3, "horizon.anticipation": 4.0}),
    ("heads", {}, {"leadership.distribute": 1.0, "leadership.parochialism": 4.0, "leadership.moves": 1.0,
                   "leadership.tie_lost": 0.9, "leadership.specification": 1.0}),
    ("stakes", {}, {"inspection.years": 2, "stakes.effort": -1.0, "stakes.narrowing": 2.0, "stakes.exposure": 1.0}),
    ("churn", SHARED, {"policy.churn": 0.5, "policy.strain": 1.0, "policy.forgotten": 1.0}),
    ("evaluation", SHARED, {"evaluation.kind": "formal", "evaluation.hours": 100.0, "evaluation.stops": 1.0}),
    ("accreditation", {}, {"accreditation.rate": 1.0, "accreditation.fund": 5000.0}),
)  # fmt: skip


@pytest.mark.parametrize(("word", "where", "changed"), SWITCHED, ids=[word for word, _, _ in SWITCHED])
def test_a_mechanism_that_is_off_has_no_working_parameters(word: str, where: Values, changed: Values) -> None:
    off = {**where, f"mechanism.{word}": False}
    small = {"seeds": 2, "years": 2, "schools": 16}
    assert same(runs(off, **small), runs({**off, **changed}, **small))
    assert not same(runs(where, **small), runs({**where, **changed}, **small))


# --- directions


def test_skill_wins_bids() -> None:
    assert mean(BID, "bids.skill") > 0.05
    assert abs(mean({**BID, "bid.skill": 0.0}, "bids.skill")) < 0.05


def test_bidding_eats_hours_and_shifts_focus() -> None:
    assert mean(BID, "hours.bidding") > 100.0
    assert mean({**BID, "bid.drift": 1.0}, "focus.drifted") > mean({**BID, "bid.drift": 0.0}, "focus.drifted") == 0.0
    dear, cheap = {**BID, "bid.hours": 500.0}, {**BID, "bid.hours": 0.0}
    assert mean(dear, "hours.joint") < mean(cheap, "hours.joint")


def test_central_funds_are_partly_unclaimed_by_heads_who_pass_nothing_on() -> None:
    silent = {**CENTRAL, "leadership.communication_mean": 0.1}
    for where, share in ((CENTRAL, 0.05), (silent, 0.5)):
        assert mean(where, "pounds.unclaimed") > share * mean(where, "pounds.granted")


def test_every_purse_grants_the_same_as_the_programme_begins() -> None:
    for values in (BID, CENTRAL, SHARED, PROGRAMME):
        granted = [run["pounds.granted"] for run in runs({**values, "funding.years": 1}, years=1)]
        assert min(granted) > 50_000.0, values
    total = {**SHARED, "funding.total": 90_000.0, "funding.years": 1}
    assert mean(total, "pounds.granted", years=1) == pytest.approx(90_000.0)


def test_getting_together_takes_time() -> None:
    slow = {**SHARED, "horizon.together": 1.0}
    assert mean(slow, "partnerships.courting") > mean(SHARED, "partnerships.courting")
    assert mean(slow, "learnt.programme") < mean(SHARED, "learnt.programme")


def test_the_end_of_money_casts_its_shadow_before() -> None:
    near, quiet = ({**SHARED, "funding.years": 2, "horizon.anticipation": x} for x in (4.0, 0.0))
    assert mean(near, "engagement.mean", years=2) < mean(quiet, "engagement.mean", years=2) - 0.05


def test_money_run_down_slowly_keeps_partnerships_longer() -> None:
    cliff, slope = ({**SHARED, "funding.years": 1, "funding.taper": x} for x in (0, 6))
    assert mean(slope, "partnerships.programme") > mean(cliff, "partnerships.programme")


def test_distributed_leadership_gets_round_closed_heads() -> None:
    closed = {"leadership.closed": 0.8}
    assert mean({**closed, "leadership.distribute": 1.0}, "partnerships.begun") > mean(closed, "partnerships.begun")
    assert mean({**closed, "leadership.gate": 0.0}, "gate.blocked") == 0.0 < mean(closed, "gate.blocked")


def test_recruiting_for_collaboration_opens_gates() -> None:
    recruited = {**HEADS, "leadership.specification": 1.0}
    assert mean(recruited, "gate.blocked") < mean(HEADS, "gate.blocked")


def test_heads_take_their_ties_along() -> None:
    moving, leaving = ({**HEADS, "leadership.moves": x} for x in (1.0, 0.0))
    assert mean(moving, "heads.ties") > mean(leaving, "heads.ties") == 0.0
    assert mean(moving, "ties.degree") > mean(leaving, "ties.degree")


def test_ties_are_lost_with_heads() -> None:
    kept, lost = ({**HEADS, "leadership.tie_lost": x} for x in (0.0, 0.8))
    assert mean(lost, "ties.degree") < mean(kept, "ties.degree")


def test_protection_keeps_stakes_from_staff() -> None:
    assert mean({"leadership.shielding": 1.0}, "stakes.felt") == 0.0 < mean({}, "stakes.felt")


def test_high_stakes_narrow_what_is_tried_and_admitted() -> None:
    # At half of this weight it is no more than luck in four runs.
    low, high = ({**PROGRAMME, "stakes.level": level, "stakes.narrowing": 1.0} for level in (0.0, 1.0))
    assert mean(high, "novelty.tried") < mean(low, "novelty.tried")
    assert mean(high, "disclosure.share") < mean(low, "disclosure.share")
    wide = {**high, "stakes.narrowing": -1.0}
    assert mean(wide, "novelty.tried") > mean(high, "novelty.tried")


def test_stakes_raise_published_results_or_lower_them_and_most_in_weak_schools() -> None:
    """Effort under stakes goes to what is published: teaching itself is no better for it."""
    up, none, down = ({"stakes.level": 0.8, "stakes.effort": x} for x in (0.3, 0.0, -0.3))
    assert mean(up, "attainment.mean") - 2.0 > mean(none, "attainment.mean") > mean(down, "attainment.mean") + 2.0
    assert mean(up, "attainment.spread") + 1.0 < mean(none, "attainment.spread") < mean(down, "attainment.spread") - 1.0
    assert abs(mean(up, "progress.mean") - mean(none, "progress.mean")) < 0.2


def test_without_tables_stakes_and_effort_fall() -> None:
    pressed = {"stakes.level": 0.8, "stakes.effort": 0.3}
    gone = {**pressed, "tables.published": False}
    assert mean(gone, "stakes.felt") < mean(pressed, "stakes.felt")
    assert mean(gone, "attainment.mean") < mean(pressed, "attainment.mean") - 1.0


def test_without_tables_or_reputation_the_market_polarises_less() -> None:
    gone = {"tables.published": False, "tables.reputation": 0.0, "market.choice_weight": 2.0}
    assert mean(gone, "segregation.dissimilarity") < mean({"market.choice_weight": 2.0}, "segregation.dissimilarity")


def test_inspection_takes_hours_and_adds_stakes() -> None:
    assert mean(INSPECTED, "hours.inspection") > 0.0
    assert mean(INSPECTED, "stakes.felt") > mean({"stakes.level": 0.6}, "stakes.felt")


def test_churn_loses_trust_and_what_was_learnt_and_continuity_saves_it() -> None:
    assert mean(CHURN, "policy.resets") > 0.0
    assert mean(CHURN, "transfers.year") < mean(SHARED, "transfers.year")
    assert same(runs({**CHURN, "policy.continuity": 1.0}), runs(SHARED))


def test_a_patient_programme_keeps_its_partnerships() -> None:
    assert mean({**SHARED, "programme.patience": 18}, "partnerships.programme") > mean(SHARED, "partnerships.programme")


def test_formal_evaluation_costs_and_stops_what_it_cannot_yet_see() -> None:
    assert mean(FORMAL, "hours.evaluation") > 0.0
    assert mean(FORMAL, "pounds.evaluation") > 0.0
    assert mean(FORMAL, "evaluation.wrong") > 0.0
    assert mean(FORMAL, "partnerships.programme") < mean(SHARED, "partnerships.programme")
    assert mean({**FORMAL, "programme.patience": 24}, "evaluation.stopped") == 0.0


def test_informal_evaluation_turns_rather_than_stops() -> None:
    assert mean(INFORMAL, "evaluation.turned") > mean(INFORMAL, "evaluation.stopped") == 0.0
    assert mean(INFORMAL, "hours.evaluation") > 0.0


def test_awards_bring_callers_only_by_ties_or_money() -> None:
    alone = {**AWARDS, "ties.nearby": 0.0, "ties.elsewhere": 0.0, "broker.number": 0}
    told = {**alone, "accreditation.fund": 20_000.0}
    assert mean(alone, "accreditation.requests") < 0.5
    assert mean(AWARDS, "accreditation.requests") > 2.0 * mean(alone, "accreditation.requests") + 0.5
    assert mean(told, "accreditation.cold") > mean(alone, "accreditation.cold") + 0.5


def test_self_review_leaves_confidence() -> None:
    assert mean({**AWARDS, "accreditation.review": 0.5}, "confidence.mean") > mean(AWARDS, "confidence.mean")


def test_a_badge_nobody_carries_is_no_badge() -> None:
    for values in ({"badging.share": 0.0}, {"badging.years": 0}, {"badging.begins": 9}):
        assert same(runs({**BADGES, **values}), runs(SHARED))


# --- the setting


@pytest.mark.parametrize("name", [name for name in REGISTRY if name.startswith("setting.")])
def test_a_setting_makes_another_authority_within_the_population_s_bounds(name: str) -> None:
    spec = REGISTRY[name]
    low, high = BOUNDS[spec.name.split(".")[1]]
    # More schools than one authority may have are several authorities.
    assert (spec.low, spec.high) == (low, 24_000 if name == "setting.schools" else high)
    inside = low + 0.4 * (min(high, 2.0 * float(spec.default) + 0.1) - low)
    value = int(inside) if spec.kind == "whole" else inside
    here, there = (Population().table(scenario, 3) for scenario in (Scenario.of(), Scenario.of({name: value})))
    columns = ("easting", "roll", "disadvantage", "attainment")
    assert any(not np.array_equal(getattr(here, one), getattr(there, one), equal_nan=True) for one in columns)


def test_the_setting_s_defaults_are_the_population_s() -> None:
    here, there = Population().table(Scenario.of(), 5), synthetic_authority(5)
    assert np.array_equal(here.roll, there.roll)
    assert np.array_equal(here.disadvantage, there.disadvantage)
