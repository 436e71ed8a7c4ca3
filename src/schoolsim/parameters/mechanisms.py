"""The mechanisms of the model, each with its source and the values that switch it off.

A mechanism is off when its parameters are neutral, so compiled code has no switches in it: `in_force` puts
the neutral values in place of those of every mechanism whose flag `mechanism.<word>` is false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from schoolsim.parameters.declare import Parameter, flag
from schoolsim.parameters.values import Value


@dataclass(frozen=True)
class Mechanism:
    """One mechanism of the model.

    Args:
        id: Its number, as in the ODD document.
        word: Its flag is `mechanism.<word>`.
        title: What it is.
        source: Section of Fielding et al. (2005) unless it says otherwise.
        neutral: Values that take it out of the model, by parameter.
    """

    id: str
    word: str
    title: str
    source: str
    neutral: Mapping[str, Value] = field(default_factory=dict)

    @property
    def switch(self) -> Parameter:
        """The flag that switches it."""
        return flag(
            f"mechanism.{self.word}", True, role="constant", grade="seed", mechanisms=(self.id,),
            meaning=f"{self.title}: false takes it out of the model.", source=self.source,
            label=self.title, phrase=f'the mechanism "{self.title}"',
            on=f'the mechanism "{self.title}"', off=f'no mechanism "{self.title}"',
        )  # fmt: skip


_ALL: Final = (
    Mechanism("M01", "realised_practice", "What is untuned gives less away from home", "§4.11", {"practice.context_weight": 0.0, "scope.weight": 0.0}),
    Mechanism("M02", "maturity", "New practice dips before it pays", "§4.21, §2.4", {"practice.dip": 0.0, "overload.weight": 0.0}),
    Mechanism("M02b", "keeping_up", "What is owned stays, what is not fades", "§2.4, §3.13", {"practice.decay": 0.0, "practice.keep": 0.0}),
    Mechanism("M03", "tacitness", "Tacit practice passes side by side only", "§2.13, App A", {"learning.tacit_weight": 0.0}),
    Mechanism("M04", "near_before_far", "Most is learnt over a middling gap", "§2.26, App C", {"learning.zone_weight": 0.0}),
    Mechanism(
        "M05", "appeal", "Appeal is not effect", "§4.3",
        {"practice.appeal_truth": 1.0, "search.halo_standing": 0.0, "evidence.mean": 0.0, "home.copying": 0.0},
    ),
    Mechanism("M06", "replication", "Replication", "App B", {"replication.allowed": False}),
    Mechanism("M07", "adaptation", "Adaptation", "App B", {"adaptation.allowed": False}),
    Mechanism("M08", "exchange", "Exchange", "App B", {"exchange.allowed": False}),
    Mechanism("M09", "creation", "Practice creation", "App D", {"creation.allowed": False}),
    Mechanism(
        "M10", "originators_gain", "Originating teaches the originator", "§2.24",
        {"originator.gain": 0.0, "originator.transfer": 0.0, "originator.confidence": 0.0},
    ),
    Mechanism(
        "M11", "dependency", "Help without handing over lowers initiative; follow-up sustains", "§2.32",
        {"dependency.rate": 0.0, "withdrawal.planned": False, "followup.hours": 0.0},
    ),
    Mechanism("M12", "trust", "Trust grows and falls with what happens", "§2.12", {"trust.change": 0.0, "hostility.start": 0.0, "hostility.breach": 0.0}),
    Mechanism("M13", "disclosure", "A weakness is admitted only in trust", "§2.12, §2.31", {"disclosure.weight": 0.0}),
    Mechanism(
        "M14", "prior_ties", "Search is through people already known", "§2.11, §2.14, §3.33",
        {"ties.nearby": 0.0, "ties.elsewhere": 0.0, "ties.teachers": 0.0, "careers.carried_ties": 0.0, "careers.school_tie": 0.0, "leadership.carried_ties": 0, "academies.change": 0.0, "academies.join": 0.0},
    ),
    Mechanism("M15", "distance", "Travel eats hours and distance puts off", "§2.12, §3.24", {"travel.visits": 0.0, "search.distance": 0.0, "remote.contact": 0.0, "pairs.reach": 500.0}),
    Mechanism("M16", "challenge", "Old partners may challenge, and may close up", "§2.11, §5.2", {"challenge.weight": 0.0, "cosiness.weight": 0.0, "openness.ease": 0.0, "openness.gain": 0.0}),
    Mechanism("M17", "reciprocity", "One-way help wears the tie", "§2.12", {"trust.one_way": 0.0}),
    Mechanism(
        "M18", "confidence", "Offering needs confidence, which roles make", "§2.21-2.22",
        {
            "confidence.success": 0.0, "confidence.receiver": 0.0, "confidence.failure": 0.0, "confidence.settle": 0.0,
            "originator.confidence": 0.0, "offer.slope": 0.0, "offer.years": 0.0, "badging.standing_gap": 0.0,
        },
    ),
    Mechanism(
        "M19", "badging", "Badges change status, visibility and confidence", "§2.23-2.25",
        {"badging.staff": 0.0, "badging.gap": 0.0, "badging.visibility": 0.0, "badging.offers": 0.0, "badging.confidence": 0.0, "badging.parents": 0.0},
    ),
    Mechanism("M20", "enterprise", "What must be sought out reaches the enterprising", "§2.22, §3.24", {"informal.enterprise": 0.0}),
    Mechanism("M21", "originating", "Who is always helped loses confidence, who originates gains", "§2.24", {"roles.history": 0.0, "ast.share": 0.0}),
    Mechanism("M22", "engagement", "Engagement multiplies all learning", "§2.31", {"engagement.weight": 0.0}),
    Mechanism("M23", "observed_response", "Teachers keep what their own pupils respond to", "§4.3", {"practice.response": 0.0}),
    Mechanism("M24", "contact", "Contact at the wrong level wastes the episode", "§3.22", {"contact.waste": 0.0}),
    Mechanism(
        "M25", "hours", "Nothing happens without hours on both sides", "§2.4",
        {
            "time.formal_hours": 80.0, "time.arranging": 0.0, "home.talk": 1.0, "creation.first_hours": 0.0, "timetable.coincide": 1.0,
            "training.transfer_hours": 0.0, "leading.hours": 0.0, "university.hours": 0.0, "needs.hours": 0.0,
        },
    ),
    Mechanism("M26", "cover", "Taking teachers out costs their own pupils", "§3.21", {"cover.harm": 0.0}),
    Mechanism("M27", "funding", "Money buys cover, and whose purse it is matters", "§3.23", {"funding.per_partnership": 0.0, "funding.total": 0.0, "broker.resources": 0.0, "funding.holds": 0.0, "academies.purse": 0.0}),
    Mechanism("M28", "bidding", "Skill, not need, wins bids, which eat leaders' hours and shift focus", "§3.32", {"bid.skill": 0.0, "bid.hours": 0.0, "bid.drift": 0.0, "bid.won": 1.0}),
    Mechanism(
        "M29", "horizon", "A year to get together, a year to make progress; then it stops", "§3.13",
        {
            "horizon.together": 0.0, "horizon.anticipation": 0.0,
        },
    ),
    Mechanism(
        "M30", "heads", "Heads differ in tone, protection and gate, and change", "§3.31",
        {
            "leadership.closed": 0.0, "leadership.sd": 0.0, "leadership.turnover": 0.0, "leadership.gate": 0.0,
            "leadership.distributed_reach": 0.0,
            "leadership.parochialism": 0.0, "leadership.shielding": 0.0,
        },
    ),
    Mechanism("M31", "continuity", "Long-serving staff keep practice and story", "§3.31", {"guardians.slow": 0.0, "guardians.source": 0.0}),
    Mechanism("M32", "internal_brokers", "A senior teacher knows who is good at what, inside and out", "§3.32", {"internal_broker.share": 0.0}),
    Mechanism("M33", "brokers", "External brokers bring schools together", "§3.4", {"broker.number": 0}),
    Mechanism(
        "M34", "facilitation", "A facilitator frees members; a volunteer who stops ends the network", "Headteacher's account of two networks",
        {"network.facilitated": False, "network.arranging": 0.0, "network.leader_stops": 0.0, "network.leader_leaves": 0.0},
    ),
    Mechanism("M35", "mapping", "A broker who sees hubs and holes bridges gaps through trust", "Recommendation 5", {"broker.mapping": "none"}),
    Mechanism("M36", "rivalry", "Sharing with a school that draws on the same pupils costs", "§2.12; Armstrong & Ainscow 2018", {"rivalry.slope": 0.0}),
    Mechanism("M37", "choice", "Parents choose on results and badge; money follows", "§2.23", {"market.quality": 0.0, "badging.parents": 0.0}),
    Mechanism("M38", "stakes", "Stakes drive effort, and narrow what is tried and admitted", "§4.4, §5.1; Burgess, Wilson & Worth 2013", {"stakes.level": 0.0, "inspection.years": 0}),
    Mechanism("M39", "churn", "Changes of policy reset schemes and lose what was learned", "§5.5", {"policy.churn": 0.0}),
    Mechanism("M40", "evaluation", "Value added is noisy and covers years", "§4.2-4.3", {"result.noise": 0.0, "result.memory": 1.0, "evaluation.kind": "none"}),
    Mechanism("M41", "accreditation", "An award certifies, and brings few callers without ties or money", "§4.4", {"accreditation.rate": 0.0}),
    Mechanism(
        "M42", "meta_practice", "Learning to learn is learnt", "§4.11",
        {
            "meta.exchange": 0.0, "meta.training": 0.0, "university.evidence": 0.0,
        },
    ),
)  # fmt: skip

#: Every mechanism by id, in the order of the model.
MECHANISMS: Final[Mapping[str, Mechanism]] = {mechanism.id: mechanism for mechanism in _ALL}
#: Their switches, for the catalogue.
SWITCHES: Final[tuple[Parameter, ...]] = tuple(mechanism.switch for mechanism in _ALL)


def neutral_values(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values that mechanisms switched off in `values` put in place of others."""
    return {
        name: value
        for mechanism in _ALL
        if not values[f"mechanism.{mechanism.word}"]
        for name, value in mechanism.neutral.items()
    }
