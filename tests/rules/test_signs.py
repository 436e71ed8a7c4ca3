"""What pushes a rule which way: for any values of parameters within their bounds, and of arguments within theirs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.reading import all_rules, argument_names, drawn_record

RULES = all_rules()
LEVEL = st.floats(0.0, 1.0)
#: Arguments that are no level, by name or by rule and name.
ARGUMENTS: dict[str, st.SearchStrategy[object]] = {
    "hours": st.floats(0.0, 100.0), "hours_to_master": st.floats(1.0, 60.0), "miles": st.floats(0.0, 40.0),
    "standing": st.floats(-3.0, 3.0), "other_standing": st.floats(-3.0, 3.0), "gain": st.floats(0.0, 0.5),
    "luck": st.floats(-4.0, 4.0), "unreturned": st.floats(-200.0, 200.0), "degree": st.floats(0.0, 40.0),
    "partnerships": st.sampled_from((0.0, 1.0, 2.0, 5.0)), "roll": st.floats(5.0, 2000.0),
    "capacity": st.floats(5.0, 2000.0), "pounds": st.floats(0.0, 50_000.0), "pairs": st.floats(0.0, 20.0),
    "phase": st.sampled_from((0, 1, 2)), "other_phase": st.sampled_from((0, 1, 2)), "mode": st.integers(0, 3),
    "badge": st.sampled_from((0.0, 1.0)), "other_badge": st.sampled_from((0.0, 1.0)), "poor": st.booleans(),
    "competition": st.floats(0.0, 2.0), "reach": st.floats(0.1, 20.0), "comes": st.booleans(),
    "giver": st.floats(-10.0, 40.0), "learner": st.floats(-10.0, 40.0), "demand": st.floats(0.0, 100.0),
    "share": st.floats(0.1, 2.0), "amount": st.floats(0.0, 10.0), "gap": st.floats(-1.0, 1.0),
    "seen": st.floats(-0.5, 0.5), "strongest": st.floats(0.0, 0.5), "scale": st.floats(0.01, 0.5),
    "away": st.floats(0.0, 10.0), "harm_a_day": st.floats(0.0, 0.01), "new": st.integers(0, 12),
    "cost": st.floats(0.0, 0.03), "most": st.floats(1.0, 10.0), "decay": st.floats(0.0, 0.06),
    "keep": st.floats(0.0, 0.07), "intake": st.floats(-3.0, 3.0), "poor_share": st.floats(-0.5, 0.8),
    "value": st.floats(-0.5, 0.5), "slack_now": st.floats(0.0, 3.0), "depth": st.floats(0.0, 3.0),
    "effect_sd": st.floats(-4.0, 4.0), "difference": LEVEL, "offered": st.booleans(), "pull": st.floats(-9.0, 9.0),
    "pressed": st.floats(-5.0, 5.0), "published": st.booleans(), "near": st.booleans(), "failed": st.booleans(),
    "common": st.booleans(), "head_gone": st.booleans(), "new_head": st.booleans(), "leads": st.booleans(),
    "shared": st.sampled_from((0.0, 1.0)), "facilitated": st.sampled_from((0.0, 1.0)), "years": st.floats(0.0, 40.0),
    "weight": st.floats(0.0, 10.0), "total": st.floats(0.1, 3.0), "usual": st.floats(0.1, 1.0),
    "effect": st.floats(-0.1, 0.4), "slack": st.floats(0.0, 2.0), "members": st.floats(2.0, 16.0),
    "step": st.integers(0, 200), "age": st.integers(0, 40), "courted": st.integers(0, 40),
    "gave": st.floats(0.0, 500.0),
    "received": st.floats(0.0, 500.0), "contact": st.integers(0, 2), "scope": st.integers(0, 2),
    "channel": st.integers(0, 6), "pupils": st.floats(0.0, 20_000.0), "of_all": st.floats(1.0, 200.0),
}  # fmt: skip

#: Rule -> argument -> the way the result may go when the argument rises.
SIGNS: dict[str, dict[str, str]] = {
    "accountability.felt_by_staff": {"on_school": "rises", "protection": "falls"},
    "accountability.grade": {"standing": "falls"},
    "accountability.pressure": {"standing": "falls", "published": "rises", "near": "rises", "failed": "rises"},
    "accountability.seen_standing": {"standing": "rises", "failed": "falls"},
    "brokers.attendance_chance": {"tone": "rises", "confidence": "rises"},
    "brokers.internal_knowledge": {"knows": "rises", "slack": "rises"},
    "brokers.introduction_trust": {"third": "rises"},
    "brokers.knowledge_of_school": {"familiarity": "rises", "news": "rises", "renown": "rises", "word": "rises"},
    "brokers.learned_about_school": {"knows": "rises", "skill": "rises", "openly": "rises"},
    "brokers.openness_to_broker": {"stakes": "falls"},
    "brokers.urging": {"skill": "rises", "relations": "rises", "openly": "rises"},
    "engagement.engagement": {"pull": "rises"},
    "engagement.originators_engagement": {"tone": "rises", "trust": "rises", "imposed": "falls", "foreboding": "falls"},
    "engagement.relation_pull": {"trust": "rises", "imposed": "falls"},
    "engagement.school_push": {"tone": "rises", "protection": "rises", "felt": "falls", "partnerships": "falls"},
    "engagement.task_pull": {"own_need": "rises", "say": "rises", "appeal": "rises", "fit": "rises"},
    "evaluation.measured_value": {"value": "rises", "luck": "rises"},
    "headship.gate_chance": {"distributed": "falls"},
    "headship.parochial_reluctance": {"parochial": "rises"},
    "headship.participation_factor": {"distributed": "rises"},
    "headship.search_factor": {"distributed": "rises"},
    "identity.anchored_values": {"moved": "rises", "start": "rises"},
    "identity.counter_offer_chance": {"confidence": "rises", "gap": "falls"},
    "identity.drifted_values": {"staff": "rises", "friends": "rises"},
    "identity.enterprise_with_outreach": {"enterprise": "rises", "outreach": "rises"},
    "identity.offer_chance": {"confidence": "rises", "badge": "rises"},
    "identity.outreach_readiness": {"enterprise": "rises"},
    "identity.receiver_history": {"gave": "falls", "received": "rises"},
    "identity.receiver_role": {"only_receives": "rises", "past": "rises"},
    "identity.receivers_confidence": {"gain": "rises", "success": "rises", "only_receives": "falls"},
    "identity.resting_confidence": {"rest": "rises", "badge": "rises"},
    "identity.status_gap": {"badge": "falls", "other_badge": "rises", "standing": "falls", "other_standing": "rises"},
    "learning.access": {"face": "rises", "familiarity": "rises", "skill": "rises"},
    "learning.catches_the_eye": {"lead": "rises", "appeal": "rises", "going_on": "rises"},
    "learning.ceiling": {"source": "rises", "tacit": "falls", "face": "rises"},
    "learning.dependence_after_help": {"dependence": "rises", "hours": "rises", "say": "falls"},
    "learning.dose": {"hours": "rises", "hours_to_master": "falls", "engagement": "rises", "learning": "rises"},
    "learning.followup_ownership": {"ownership": "falls", "hours": "rises", "engagement": "rises"},
    "learning.ownership_target": {"ownership": "rises", "engagement": "rises"},
    "learning.share_learned": {"amount": "rises"},
    "market.distance_disutility": {"miles": "rises", "reach": "falls"},
    "market.own_climate_kept": {"new_head": "falls"},
    "market.published_result": {"intake": "rises", "poor_share": "falls", "value": "rises", "luck": "rises"},
    "market.school_utility": {"badge": "rises"},
    "modes.chosen_mode": {"luck": "falls"},
    "modes.creation_chance": {"hours": "rises", "engagement": "rises", "trust": "rises", "difference": "rises"},
    "modes.creation_readiness": {"hours": "rises"},
    "modes.originators_gain": {"mode": "rises", "hours": "rises", "hours_to_master": "falls", "engagement": "rises"},
    "networks.arranging_hours": {"members": "rises"},
    "networks.hours_for_networks": {"formal": "rises"},
    "networks.leader_stops_chance": {"head_gone": "rises"},
    "networks.meeting_trust_gain": {"rival": "falls", "facilitated": "rises"},
    "partnerships.acceptance_chance": {
        "trust": "rises",
        "familiarity": "rises",
        "rival": "falls",
        "miles": "falls",
        "funded": "rises",
        "pressed": "rises",
    },
    "partnerships.activity_factor": {"weight": "rises"},
    "headship.mellowed": {"tone": "rises", "success": "rises"},
    "partnerships.less_ready": {"chance": "rises", "threat": "falls"},
    "partnerships.near_share": {"miles": "falls"},
    "partnerships.share_of_own_hours": {"pairs": "falls"},
    "brokers.worth_the_journey": {"ahead": "rises", "miles": "falls"},
    "partnerships.depth": {"trust": "rises", "familiarity": "rises", "even": "rises"},
    "partnerships.disclosure_chance": {"trust": "rises", "stakes": "falls", "status_gap": "falls", "rival": "falls"},
    "partnerships.partner_utility": {
        "quality": "rises",
        "trust": "rises",
        "familiarity": "rises",
        "rival": "falls",
        "miles": "falls",
    },
    "partnerships.perceived_quality": {"mastery": "rises", "standing": "rises", "badge": "rises"},
    "partnerships.renewal_chance": {"trust": "rises", "familiarity": "rises", "even": "rises"},
    "partnerships.share_reaching_learners": {"communication": "rises"},
    "partnerships.wear_out_chance": {"trust": "falls", "gain": "falls"},
    "partnerships.working_share": {"trust": "rises", "familiarity": "rises"},
    "programmes.held_by_money": {"chance": "rises", "paid": "falls"},
    "programmes.renewed_with_money": {"chance": "rises", "paid": "rises"},
    "practice.appeal": {"effect_sd": "rises", "luck": "rises"},
    "practice.effect_on_appeal_scale": {"effect": "rises"},
    "practice.judged_appeal": {"appeal": "rises", "true_worth": "rises"},
    "practice.kept_up": {"mastery": "rises", "ownership": "rises", "decay": "falls", "keep": "rises"},
    "practice.ownership_after_response": {"ownership": "rises"},
    "practice.pride": {"mastery": "rises", "appeal": "rises"},
    "practice.realised": {"mastery": "rises", "tuning": "rises", "dependence": "falls", "unfamiliar": "falls"},
    "practice.response": {"seen": "rises"},
    "practice.shared_use_factor": {"held": "rises"},
    "practice.unfamiliarity": {"away": "rises"},
    "practice.wish_for_practice": {"appeal": "rises", "mastery": "falls", "dependence": "falls", "unfamiliar": "falls"},
    "teaching.cover_harm": {"hours": "rises", "harm_a_day": "rises"},
    "teaching.dip": {"new": "rises", "cost": "rises"},
    "teaching.fading_spared": {"guardians": "rises"},
    "teaching.guardians_skill": {"transfer": "rises", "years": "rises"},
    "teaching.room_to_learn": {"new": "falls"},
    "time_money.bid_hours": {"skill": "falls"},
    "time_money.skill_lent": {"skill": "rises", "trust": "rises"},
    "time_money.bid_strength": {"confidence": "rises", "skill": "rises", "luck": "rises"},
    "time_money.from_purse": {"pupils": "rises", "pairs": "rises", "of_all": "falls"},
    "time_money.bought_hours": {"pounds": "rises", "pairs": "falls"},
    "time_money.coinciding_share": {"common": "rises"},
    "time_money.formal_hours": {"slack_now": "rises", "tone": "rises"},
    "time_money.joint_hours": {"giver": "rises", "learner": "rises", "demand": "rises"},
    "time_money.paid_share": {"step": "falls"},
    "time_money.slack": {"roll": "rises", "capacity": "falls"},
    "time_money.travel_hours": {"miles": "rises"},
    "trust.breach_chance": {"poached": "rises", "trust": "falls", "familiarity": "rises"},
    "trust.challenge_factor": {"trust": "rises", "familiarity": "rises", "difference": "rises"},
    "trust.familiarity_after_work": {"familiarity": "rises", "hours": "rises", "depth": "rises"},
    "trust.grievance": {"imposed": "rises", "rival": "rises", "hidden_purse": "rises"},
    "trust.idle_familiarity": {"familiarity": "rises", "kept": "rises", "remote": "rises"},
    "trust.meeting_chance": {"trust": "rises", "degree": "falls"},
    "trust.originators_trust": {"success": "rises", "unreturned": "falls", "rival": "falls"},
    "trust.partners_trust": {"success": "rises", "shared": "rises", "against": "falls"},
    "trust.permeability": {"cosy": "falls", "familiarity": "rises"},
    "trust.poaching_chance": {"rival": "rises"},
    "trust.raised_by_meetings": {"level": "rises", "weight": "rises", "gain": "rises"},
    "trust.reconciliation_chance": {"new_head": "rises"},
    "trust.rivalry": {"competition": "rises", "miles": "falls"},
    "trust.settled_trust": {"rest": "rises", "rival": "falls"},
    "trust.success": {"gain": "rises", "engagement": "rises", "luck": "rises"},
    "trust.tie_worth": {"trust": "rises", "familiarity": "rises"},
}


@pytest.mark.parametrize("rule", SIGNS)
@settings(max_examples=10)
@given(data=st.data())
def test_a_rule_goes_the_stated_ways(rule: str, data: st.DataObject) -> None:
    goes_the_stated_ways(rule, data)


@pytest.mark.slow
@pytest.mark.parametrize("rule", SIGNS)
@settings(max_examples=100)
@given(data=st.data())
def test_a_rule_goes_the_stated_ways_in_many_cases(rule: str, data: st.DataObject) -> None:
    goes_the_stated_ways(rule, data)


def goes_the_stated_ways(rule: str, data: st.DataObject) -> None:
    """With parameters and arguments drawn anywhere, each argument alone moves the result only as stated."""
    function, names = RULES[rule], [name for name in argument_names(RULES[rule]) if name != "p"]
    assert set(SIGNS[rule]) <= set(names)
    p = drawn_record(data, function)
    usual = {name: data.draw(ARGUMENTS.get(name, LEVEL), label=name) for name in names}

    def result(**changed: object) -> float:
        values = usual | changed | {"p": p}
        return float(function(*(values[name] for name in argument_names(function))))

    for name, way in SIGNS[rule].items():
        other = data.draw(ARGUMENTS.get(name, LEVEL), label=f"other {name}")
        low, high = (result(**{name: value}) for value in sorted((usual[name], other)))
        assert math.isfinite(low)
        slip = 1e-9 * max(1.0, abs(low), abs(high))
        assert (low <= high + slip) if way == "rises" else (high <= low + slip), f"{name}: {low} to {high}"
