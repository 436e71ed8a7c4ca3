"""Where each parameter and mechanism matters: what to change in the ordinary programme so that it is at work."""

from __future__ import annotations

from collections.abc import Mapping

from schoolsim.parameters import REGISTRY

Setting = Mapping[str, object]

#: A programme in which money, badges, brokers and compulsion are all at work.
PROGRAMME: Setting = {
    "programme.originators": 4,
    "programme.partners_each": 2,
    "funding.per_partnership": 12_000.0,
    "funding.years": 1,
    "badging.scope": "individual",
    "search.rate": 1.0,
    "accept.base": 0.0,
}

_CREATING: Setting = {"programme.mode": "creation", "creation.hazard": 0.2, "creation.first_hours": 0.0}
_CLUSTER: Setting = {
    "programme.originators": 0, "programme.structure": "cluster", "programme.networks": 2, "programme.members": 4,
    "programme.imposed": True,
}  # fmt: skip
_TRIAD: Setting = {**_CLUSTER, "programme.structure": "triad", "programme.networks": 1, "programme.members": 8}
_BROKERS: Setting = {"broker.visits": 6}
_GATHERING: Setting = {**_BROKERS, "broker.dialogue": True}
_MAPPING: Setting = {**_BROKERS, "broker.mapping": "holes"}
_INSIDE: Setting = {"internal_broker.share": 1.0}
_ASTS: Setting = {"ast.share": 1.0}
_QUARREL: Setting = {"market.choice_weight": 1.5, "rivalry.slope": 2.0, "hostility.start": 1.0}
_OLD_PARTNERS: Setting = {
    "remote.contact": 1.0, "programme.originators": 0, "end.task_least": 2, "end.task_most": 3, "end.collegial": 3.0,
}  # fmt: skip
_BID: Setting = {"funding.purse": "bid", "funding.years": 4}
_HEADS: Setting = {"leadership.turnover": 0.5, "leadership.closed": 0.5, "leadership.moves": 1.0}
_INSPECTED: Setting = {"inspection.years": 1, "stakes.level": 0.6}
_CHURN: Setting = {"policy.churn": 0.3}
_FORMAL: Setting = {"evaluation.kind": "formal"}
_INFORMAL: Setting = {"evaluation.kind": "informal"}
_AWARDS: Setting = {"accreditation.rate": 0.6}
_GROWING: Setting = {
    "programme.structure": "cluster",
    "programme.networks": 2,
    "programme.members": 3,
    "network.grows": 2,
}
_SUPPORTED: Setting = {"programme.structure": "supported", "programme.networks": 2, "programme.members": 3}
_IMPOSED: Setting = {"programme.imposed": True}

#: By parameter, else by subject; where neither is here, the ordinary programme will do.
PARAMETERS: Mapping[str, Setting] = {
    "accept.funded": {"broker.resources": 20_000.0},
    "accreditation": _AWARDS,
    "accreditation.cold": {**_AWARDS, "ties.nearby": 0.0},
    "accreditation.reach": {**_AWARDS, "ties.nearby": 0.0, "accreditation.fund": 20_000.0},
    "ast": _ASTS,
    "bid": _BID,
    "broker": _BROKERS,
    "broker.judging": {**_BROKERS, "broker.judges": True},
    "broker.event_hours": _GATHERING,
    "broker.event_seats": _GATHERING,
    "broker.audience": _GATHERING,
    "broker.reach": {**_BROKERS, "broker.practices": True},
    "broker.push": {**_BROKERS, "broker.catalyst": True},
    "broker.event_full": _GATHERING,
    "broker.map_looks": _MAPPING,
    "broker.bridging": _MAPPING,
    "channel.meeting_face": {"channel.programme": "meeting"},
    "channel.visit_face": {"channel.programme": "visit"},
    "channel.own_face": {"channel.programme": "own"},
    "contact.below": {"contact.level": "teachers"},
    "contact.waste": {"contact.level": "heads"},
    "creation": _CREATING,
    "creation.first_hours": {"programme.mode": "creation", "creation.hazard": 0.2},
    "end.closed_head": _HEADS,
    "end.collegial_least": _OLD_PARTNERS,
    "end.collegial_spread": _OLD_PARTNERS,
    "engagement.imposed": _IMPOSED,
    "engagement.won_over": {**_IMPOSED, "funding.years": 4},
    "enquiry": {"enquiry.share": 0.2},
    "network.grows": _GROWING,
    "network.most": _GROWING,
    "pupils": {"pupils.asked": 1.0},
    "school.climate_lent": _SUPPORTED,
    "evaluation": _FORMAL,
    "exchange.barter": {"programme.mode": "exchange"},
    "exchange.barter_lead": {"programme.mode": "exchange", "exchange.barter": True},
    "followup": {"followup.hours": 3.0},
    "home.copying_bias": {"home.copying": 0.2},
    "hostility": _QUARREL,
    "hostility.breach": {"market.choice_weight": 1.5, "rivalry.slope": 2.0, "trust.poaching": 0.5},
    "hostility.mended": {**_QUARREL, "leadership.turnover": 0.5},
    "inspection": _INSPECTED,
    "internal_broker": _INSIDE,
    "leadership": _HEADS,
    "leadership.specification": {**_HEADS, "leadership.moves": 0.0},
    "leading": {"leading.joint": True},
    "matching": {"matching.kind": True, "mode.exchange_trust": 0.0},
    "meta.training": {"meta.training_hours": 1.0},
    "needs.hours": {"needs.analysis": 0.5},
    "funding.covers": {
        **_CLUSTER, "programme.originators": 3, "programme.partners_each": 1, "funding.per_partnership": 6000.0,
    },
    "network": _CLUSTER,
    "programme.structure": _CLUSTER,
    "network.facilitator_cost": {**_CLUSTER, "network.facilitated": True},
    "network.facilitator_trust": {**_CLUSTER, "network.facilitated": True},
    "network.friends": {**_CLUSTER, "network.levels": "all"},
    "network.informal": {**_CLUSTER, "network.leader_stops": 1.0},
    "network.visitors": _TRIAD,
    "network.visit_hours": _TRIAD,
    "policy": _CHURN,
    "programme.lasts": {"programme.lasts": 1, "funding.years": 4},
    "programme.members": _CLUSTER,
    "programme.networks": _CLUSTER,
    "remote": _OLD_PARTNERS,
    "tables": {"tables.published": False},
    "training": {"training.transfer_hours": 1.0},
    "trust.purse": {"funding.purse": "partnership"},
    "university": {"university.involvement": 0.5},
    "funding.holds": {"funding.years": 4, "end.task_least": 2, "end.task_most": 3},
    "values.anchor": {"values.drift_home": 0.2},
    "website": {"website.rate": 0.5},
    "withdrawal": {"withdrawal.planned": True},
}  # fmt: skip

#: By mechanism's number, as above.
MECHANISMS: Mapping[str, Setting] = {
    "M09": _CREATING,
    "M28": _BID,
    "M32": _INSIDE,
    "M34": {**_CLUSTER, "network.leader_stops": 1.0},
    "M35": _MAPPING,
    "M39": _CHURN,
    "M41": _AWARDS,
}


def setting_of(name: str) -> dict[str, object]:
    """The programme, changed so that a parameter matters; a switch matters where its mechanism does."""
    (number,) = REGISTRY[name].mechanisms if name.startswith("mechanism.") else ("",)
    changes = MECHANISMS.get(number) or PARAMETERS.get(name) or PARAMETERS.get(name.split(".")[0]) or {}
    return dict(PROGRAMME) | dict(changes)
