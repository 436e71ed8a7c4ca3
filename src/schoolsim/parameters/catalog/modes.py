"""The four modes as numbers (M06-M10): what a partnership of each kind does with an hour."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, flag, real

_constant = partial(real, role="constant", low=0.0)
_lever = partial(real, role="lever", low=0.0)
_MECHANISMS = {"replication": "M06", "adaptation": "M07", "exchange": "M08", "creation": "M09"}
_SOURCE = "Fielding 2005 App B, D (order); size from the prototype"


def _allowed(mode: str) -> Parameter:
    noun = "practice creation" if mode == "creation" else mode
    return flag(
        f"{mode}.allowed", True, role="lever", scope="programme", meaning=f"Whether schools may work by {mode}.",
        label=f"{noun.capitalize()} as a mode of work", phrase=f"the allowing of {noun}", on=f"{noun} allowed", off=f"{noun} ruled out",
        source="Fielding 2005 App B, D", grade="seed", mechanisms=(_MECHANISMS[mode],),
    )  # fmt: skip


PARAMETERS: tuple[Parameter, ...] = (
    *(_allowed(mode) for mode in _MECHANISMS),
    real("adaptation.pace", 0.8, low=0.0, high=2.0, role="constant", unit="1", meaning="Mastery gained in an hour of adaptation, relative to replication.", source=_SOURCE, mechanisms=("M07",)),
    real("exchange.pace", 0.6, low=0.0, high=2.0, role="constant", unit="1", meaning="Mastery gained in an hour of exchange or creation, relative to replication.", source=_SOURCE, mechanisms=("M08", "M09")),
    real("adaptation.say", 0.5, low=0.0, high=1.0, role="constant", unit="share", meaning="Say of the learner in adaptation, between none in replication and an equal one: in the plan, in tuning the practice to the own context, and in how far it becomes their own; learning from a colleague leads as far.", source=_SOURCE, mechanisms=("M07",)),
    real("exchange.say", 1.0, low=0.0, high=1.0, role="constant", unit="share", meaning="The same in exchange and creation.", source=_SOURCE, mechanisms=("M08", "M09")),
    real("adaptation.familiarity", 1.6, low=0.0, high=6.0, role="constant", unit="1", meaning="Shared tacit ground gained in an hour of adaptation, relative to replication.", source=_SOURCE, mechanisms=("M07",)),
    real("exchange.familiarity", 2.4, low=0.0, high=6.0, role="constant", unit="1", meaning="Shared tacit ground gained in an hour of exchange or creation, relative to replication.", source=_SOURCE, mechanisms=("M08", "M09")),
    real("mode.overhead", 0.5, low=0.0, high=10.0, role="constant", unit="hours/half-term", meaning="Hours more that a pair needs to agree on the work, each side, with each step from replication to adaptation and on to exchange or creation.", source=_SOURCE, mechanisms=("M07", "M08", "M09")),
    real("mode.share", 0.5, low=0.0, high=2.0, role="constant", unit="1", meaning="Learner's hours for each hour of the originator in replication and adaptation; in exchange and creation the sides are even.", source=_SOURCE, mechanisms=("M06", "M07")),
    real("exchange.returned_hours", 0.6, low=0.0, high=1.0, role="constant", unit="share", meaning="Share of an exchange's hours spent on what is offered in return.", source="prototype", mechanisms=("M08",)),
    real("exchange.improves", 0.2, low=0.0, high=1.0, role="uncertainty", unit="share", meaning="How much more a practice gives in a school where exchange has improved it fully.", label="Improvement of practice by exchange", phrase="the improvement that exchange brings to a practice", source="Fielding 2005 App B: the practice itself gets better; size assumed", mechanisms=("M08",)),
    real("exchange.improving_hours", 120.0, low=1.0, high=2000.0, role="constant", unit="hours", meaning="Engaged hours of pairs that take two thirds of that.", source="Fielding 2005 App B; size assumed", mechanisms=("M08",)),
    real("exchange.counter_gap", 0.03, low=0.0, high=0.5, role="constant", unit="mastery", meaning="Lead needed in a practice to offer it in return.", source="prototype", mechanisms=("M08", "M17")),
    flag("exchange.barter", False, role="uncertainty", meaning="Whether an exchange is a strict trade: each half-term a practice for a practice, each drawn among those one school leads the other in, and no work without both.", label="Exchange as strict trade", phrase="the strictness of trade in exchange", on="exchange as strict trade", off="exchange without strict trade", source="Cowan & Jonard 2004; off unless asked for", mechanisms=("M08", "M17")),
    _constant("exchange.barter_lead", 0.01, high=0.5, unit="1", meaning="Lead that makes a practice worth trading in a strict trade, relative to the other school's level.", source="Cowan & Jonard 2004: within one per cent is no lead", grade="memory", mechanisms=("M08",)),
    real("creation.hazard", 0.015, low=0.0, high=0.2, role="uncertainty", unit="1/hour", meaning="Chance of a new practice, a pair and hour, at full engagement, trust and difference.", label="Chance of creating a practice", phrase="the chance of a new practice in an hour of joint work", source="Fielding 2005 App D: most attempts fail; size assumed", mechanisms=("M09",)),
    _constant("creation.first_hours", 10.0, high=100.0, unit="hours", meaning="Hours a pair has put in at which a new practice is two thirds as likely as it will be.", source="Fielding 2005 §2.41 (three or four years); size assumed", mechanisms=("M25",)),
    real("mode.exchange_trust", 0.45, low=0.0, high=1.0, role="uncertainty", unit="trust", meaning="Mean trust from which two schools choose exchange.", label="Trust needed for exchange", phrase="the trust from which schools choose exchange", source="Fielding 2005 App B (needs trust); size assumed", mechanisms=("M08",)),
    real("mode.adaptation", 0.5, low=0.0, high=1.0, role="constant", unit="chance", meaning="Chance that a technical practice is adapted rather than replicated; a wholly values-laden one always is.", source="prototype", mechanisms=("M06", "M07")),
    real("mode.creation_share", 0.15, low=0.0, high=1.0, role="uncertainty", unit="chance", meaning="Chance that two wholly different schools in exchange try to create.", label="Unlike schools that try to create", phrase="the chance that unlike schools try to create practice", source="Fielding 2005 App D; size assumed", mechanisms=("M09",)),
    real("originator.gain", 0.15, low=0.0, high=0.5, role="uncertainty", unit="1/h", meaning="Originator's gain by articulating and being observed, relative to hours to master.", label="Originators' gain by sharing", phrase="the originator's own gain by sharing", source="Fielding 2005 §2.24; size from the prototype (.5 made originators gain eight times what partners did)", mechanisms=("M10",)),
    real("originator.transfer", 0.01, low=0.0, high=0.1, role="constant", unit="1/hour", meaning="Transfer skill learnt by originating.", source="Fielding 2005 §2.42; size assumed", mechanisms=("M10", "M25")),
    real("originator.confidence", 0.004, low=0.0, high=0.05, role="constant", unit="1/hour", meaning="Confidence gained by originating.", source="Fielding 2005 §2.21; size assumed", mechanisms=("M10", "M18")),
    flag("matching.kind", False, role="lever", scope="programme", meaning="Whether a programme matches the tie to the practice: the technical replicated, the values-laden exchanged where trust allows.", label="Ties matched to the practice", phrase="the matching of ties to the practice", on="ties matched to the practice", off="ties not matched to the practice", source="Fielding 2005 App A, recommendation 6", grade="seed", mechanisms=("M06", "M08")),
    real("matching.values", 0.6, low=0.5, high=1.0, role="constant", unit="level", meaning="Kind above which a practice is matched with exchange; as far from the other end, below which it is matched with replication.", source="Fielding 2005 App A; size assumed", mechanisms=("M06", "M08")),
    _lever("joint_practice.share", 0.0, high=1.0, unit="share", scope="programme", meaning="Share of a programme's partnerships planned as joint practice development: exchange or creation.", label="Joint practice development", phrase="the share of partnerships planned as joint practice development", source="Fielding 2005 §3.13, recommendation 1", grade="seed", mechanisms=("M08", "M09")),
)  # fmt: skip
