"""What pushes a rule which way: for any values of parameters within their bounds, and of arguments within theirs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.parameters.constraints import possible
from tests.rules.reading import all_rules, parameters_read, record, told
from tests.system.worlds import values_of

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
    "channel": st.integers(0, 6),
}  # fmt: skip

#: Rule -> argument -> the way the result may go when the argument rises.
SIGNS: dict[str, dict[str, str]] = {
    "accountability.seen_standing": {"standing": "rises", "failed": "falls"},
    "accountability.pressure": {"standing": "falls", "published": "rises", "near": "rises", "failed": "rises"},
    "accountability.felt_by_staff": {"on_school": "rises", "protection": "falls"},
    "accountability.grade": {"standing": "falls", "luck": "falls"},
    "accountability.measured_value": {"value": "rises", "luck": "rises"},
    "arrangements.passed_on": {"communication": "rises"},
    "arrangements.emphasis": {"weight": "rises", "usual": "falls"},
    "arrangements.coinciding": {"common": "rises"},
    "arrangements.ripe": {"hours": "rises"},
    "arrangements.sustained": {"ownership": "falls", "hours": "rises", "engagement": "rises"},
    "brokering.openness": {"stakes": "falls"},
    "brokering.found_out": {"knows": "rises", "skill": "rises", "openly": "rises"},
    "brokering.first_trust": {"third": "rises"},
    "brokering.urging": {"skill": "rises", "relations": "rises", "openly": "rises"},
    "brokering.attends": {"tone": "rises", "confidence": "rises"},
    "brokering.informed": {"familiarity": "rises", "news": "rises", "renown": "rises", "word": "rises"},
    "brokering.talent_spotted": {"knows": "rises", "slack": "rises"},
    "colleagues.concerted": {"held": "rises"},
    "colleagues.worth": {"effect": "rises"},
    "colleagues.judged": {"appeal": "rises", "true_worth": "rises"},
    "colleagues.room_to_learn": {"new": "falls"},
    "colleagues.spared": {"guardians": "rises"},
    "colleagues.guardians_skill": {"transfer": "rises", "years": "rises"},
    "headship.gate_shut": {"distributed": "falls"},
    "headship.initiative": {"distributed": "rises"},
    "headship.participation": {"distributed": "rises"},
    "headship.reluctance": {"parochial": "rises"},
    "horizon.paid_share": {"step": "falls"},
    "horizon.courtship": {"trust": "falls", "familiarity": "falls"},
    "horizon.phase": {"age": "rises", "courted": "falls"},
    "horizon.bid_strength": {"skill": "rises", "luck": "rises"},
    "horizon.bid_hours": {"skill": "falls"},
    "horizon.claim_chance": {"communication": "rises"},
    "imitation.drifted": {"staff": "rises", "friends": "rises"},
    "imitation.anchored": {"moved": "rises", "start": "rises"},
    "initiative.leaned": {"dependence": "rises", "hours": "rises", "say": "falls"},
    "initiative.initiative": {"dependence": "falls"},
    "initiative.within_reach": {"enterprise": "rises", "outreach": "rises"},
    "initiative.past_as_receiver": {"gave": "falls", "received": "rises"},
    "initiative.cast_as_receiver": {"only_receives": "rises", "past": "rises"},
    "initiative.challenge": {"trust": "rises", "familiarity": "rises", "difference": "rises"},
    "initiative.permeable": {"cosy": "falls", "familiarity": "rises"},
    "networking.drawn_closer": {"level": "rises", "weight": "rises", "gain": "rises"},
    "networking.meetings_trust": {"rival": "falls", "facilitated": "rises"},
    "networking.arranging_hours": {"members": "rises"},
    "networking.stops_leading": {"head_gone": "rises"},
    "networking.falls_out": {"poached": "rises", "trust": "falls", "familiarity": "rises", "rival": "rises"},
    "networking.makes_up": {"new_head": "rises"},
    "networking.kept_in_touch": {"familiarity": "rises", "kept": "rises", "remote": "rises"},
    "endings.wears_out": {"trust": "falls", "gain": "falls"},
    "endings.outlives_money": {"trust": "rises", "familiarity": "rises", "even": "rises"},
    "endings.goes_on": {"trust": "rises", "familiarity": "rises", "even": "rises"},
    "engagement.task_pull": {"own_need": "rises", "say": "rises", "appeal": "rises", "fit": "rises"},
    "engagement.school_push": {"tone": "rises", "protection": "rises", "felt": "falls", "partnerships": "falls"},
    "engagement.relation_pull": {"trust": "rises", "imposed": "falls", "status_gap": "falls"},
    "engagement.engagement": {"pull": "rises"},
    "engagement.originators_engagement": {
        "tone": "rises",
        "trust": "rises",
        "imposed": "falls",
        "foreboding": "falls",
    },
    "identity.status_gap": {"badge": "falls", "other_badge": "rises", "standing": "falls", "other_standing": "rises"},
    "identity.resting_confidence": {"rest": "rises", "standing": "rises", "badge": "rises"},
    "identity.receivers_confidence": {"gain": "rises", "went": "rises", "only_receives": "falls"},
    "identity.offers": {"confidence": "rises", "badge": "rises"},
    "identity.counter_offers": {"confidence": "rises", "gap": "falls"},
    "identity.seeks_out": {"enterprise": "rises"},
    "learning.access": {"face": "rises", "familiarity": "rises", "skill": "rises"},
    "learning.ceiling": {"source": "rises", "tacit": "falls", "face": "rises"},
    "learning.dose": {"hours": "rises", "hours_to_master": "falls", "engagement": "rises", "learning": "rises"},
    "learning.taken_up": {"amount": "rises"},
    "learning.owned": {"ownership": "rises", "engagement": "rises"},
    "market.pull": {"badge": "rises"},
    "market.push": {"miles": "rises", "reach": "falls"},
    "market.published_result": {"intake": "rises", "poor_share": "falls", "value": "rises", "luck": "rises"},
    "modes.originators_gain": {"mode": "rises", "hours": "rises", "hours_to_master": "falls", "engagement": "rises"},
    "modes.creation_chance": {"hours": "rises", "engagement": "rises", "trust": "rises", "difference": "rises"},
    "practice.unfamiliarity": {"away": "rises"},
    "practice.realised": {"mastery": "rises", "tuning": "rises", "dependence": "falls", "unfamiliar": "falls"},
    "practice.kept_up": {"mastery": "rises", "ownership": "rises", "decay": "falls", "keep": "rises"},
    "practice.response": {"seen": "rises"},
    "practice.heartened": {"ownership": "rises"},
    "practice.dip": {"new": "rises", "cost": "rises", "most": "rises"},
    "practice.cover_harm": {"hours": "rises", "harm_a_day": "rises"},
    "practice.appeal": {"effect_sd": "rises", "luck": "rises"},
    "search.wish": {"appeal": "rises", "mastery": "falls", "dependence": "falls", "unfamiliar": "falls"},
    "search.disclosure": {"trust": "rises", "stakes": "falls", "status_gap": "falls", "rival": "falls"},
    "search.seems": {"mastery": "rises", "standing": "rises", "badge": "rises"},
    "search.liking": {"quality": "rises", "trust": "rises", "familiarity": "rises", "rival": "falls", "miles": "falls"},
    "search.welcome": {
        "trust": "rises",
        "familiarity": "rises",
        "rival": "falls",
        "miles": "falls",
        "funded": "rises",
        "pressed": "rises",
    },
    "search.chosen_mode": {"luck": "falls"},
    "time_money.slack": {"roll": "rises", "capacity": "falls"},
    "time_money.formal_hours": {"slack_now": "rises", "tone": "rises"},
    "time_money.travel_hours": {"miles": "rises"},
    "time_money.joint_hours": {"giver": "rises", "learner": "rises", "demand": "rises"},
    "time_money.bought_hours": {"pounds": "rises", "pairs": "falls"},
    "trust.rivalry": {"competition": "rises", "miles": "falls"},
    "trust.success": {"gain": "rises", "engagement": "rises", "luck": "rises"},
    "trust.partners_trust": {"went": "rises", "shared": "rises", "against": "falls"},
    "trust.grievance": {"imposed": "rises", "status_gap": "rises", "rival": "rises", "hidden_purse": "rises"},
    "trust.originators_trust": {"went": "rises", "unreturned": "falls", "rival": "falls"},
    "trust.settled": {"rest": "rises", "rival": "falls"},
    "trust.acquainted": {"familiarity": "rises", "hours": "rises", "depth": "rises"},
    "trust.poaching_chance": {"rival": "rises"},
    "trust.meeting_chance": {"trust": "rises", "degree": "falls"},
}


@pytest.mark.parametrize("rule", SIGNS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_rule_goes_the_stated_ways(rule: str, data: st.DataObject) -> None:
    function, names = RULES[rule], [name for name in told(RULES[rule]) if name != "p"]
    assert set(SIGNS[rule]) <= set(names)
    p = record(
        data.draw(st.fixed_dictionaries({name: values_of(name) for name in parameters_read(function)}).filter(possible))
    )
    usual = {name: data.draw(ARGUMENTS.get(name, LEVEL), label=name) for name in names}

    def result(**changed: object) -> float:
        values = usual | changed | {"p": p}
        return float(function(*(values[name] for name in told(function))))

    for name, way in SIGNS[rule].items():
        other = data.draw(ARGUMENTS.get(name, LEVEL), label=f"other {name}")
        low, high = (result(**{name: value}) for value in sorted((usual[name], other)))
        assert math.isfinite(low)
        slip = 1e-9 * max(1.0, abs(low), abs(high))
        assert (low <= high + slip) if way == "rises" else (high <= low + slip), f"{name}: {low} to {high}"
