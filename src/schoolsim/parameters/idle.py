"""Levers that can have no effect, given what else is set: a badge's share where nobody carries a badge.

To add one, add what it needs to `NEEDS`. Its test runs the model with the need unmet and sees that nothing moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.registry import parameter
from schoolsim.parameters.values import Value, shown

Possible = Callable[[str], Sequence[Value] | None]
"""The values that a parameter may have in a study, or the ends of its range; None where they are not known."""


@dataclass(frozen=True)
class Clause:
    """A parameter must have such a value somewhere.

    Args:
        parameter: Its name.
        allows: Whether a value will do.
    """

    parameter: str
    allows: Callable[[Value], bool]

    def met(self, possible: Possible) -> bool:
        """Whether some value it may have will do; so where its values are not known."""
        values = possible(self.parameter)
        return values is None or any(self.allows(value) for value in values)


@dataclass(frozen=True)
class Need:
    """What a lever needs to have an effect: one of several clauses.

    Args:
        clauses: Of which one must be met.
        unmet: What is the matter where none is: "there is no programme".
    """

    clauses: tuple[Clause, ...]
    unmet: str


@dataclass(frozen=True)
class Idle:
    """A lever that can have no effect.

    Args:
        lever: Its name.
        because: What is the matter, with the values that are: "nobody carries a badge (badging.scope is none)".
    """

    lever: str
    because: str


def _above(name: str) -> Clause:
    return Clause(name, lambda value: not isinstance(value, str) and value > 0)


def _not(name: str, *options: str) -> Clause:
    return Clause(name, lambda value: value not in options)


def _is(name: str, option: Value) -> Clause:
    return Clause(name, lambda value: value == option)


PROGRAMME = Need(
    (_above("programme.originators"), _above("programme.networks")),
    "there is no programme",
)
_NETWORKS = (
    Need((_above("programme.networks"),), "the programme has no networks"),
    Need((_not("programme.structure", "star"),), "originators with partners are no networks"),
)
_BADGE = (
    Need((_not("badging.scope", "none"),), "nobody carries a badge"),
    Need((_above("badging.years"),), "the badge is withdrawn at once"),
)
_MONEY = (
    Need((_above("funding.per_partnership"), _above("funding.total")), "the programme has no money"),
)  # fmt: skip
_BROKERS = (
    Need((_above("broker.number"),), "there are no brokers"),
    Need((_above("broker.visits"),), "brokers visit nobody"),
)
_ASTS = (Need((_above("ast.share"),), "no school has an advanced skills teacher"),)
_TIME = Need((_above("ast.time"),), "advanced skills teachers have no time to pass practice on")
_AWARDS = (Need((_above("accreditation.rate"),), "no school applies for an award"),)

NEEDS: Mapping[str, tuple[Need, ...]] = {
    "badging.scope": (PROGRAMME, _BADGE[1]),
    "badging.share": (PROGRAMME, *_BADGE),
    "badging.begins": (PROGRAMME, *_BADGE),
    "badging.years": (PROGRAMME, _BADGE[0]),
    "funding.per_partnership": (
        PROGRAMME,
        Need((_is("funding.total", 0.0),), "a grant to the programme as a whole takes its place"),
    ),
    "funding.purse": (PROGRAMME, *_MONEY),
    "funding.originator_keeps": (
        PROGRAMME, *_MONEY, Need((_is("funding.purse", "originator"),), "no originator holds the purse"),
    ),
    "funding.total": (PROGRAMME,),
    "funding.years": (PROGRAMME, *_MONEY),
    "funding.taper": (PROGRAMME, *_MONEY),
    "funding.covers": (PROGRAMME, *_MONEY),
    "bid.won": (PROGRAMME, *_MONEY, Need((_is("funding.purse", "bid"),), "nobody bids for the money")),
    "matching.kind": (PROGRAMME,),
    "joint_practice.share": (PROGRAMME,),
    "training.transfer_hours": (PROGRAMME,),
    "priorities.own": (PROGRAMME,),
    "contact.level": (PROGRAMME,),
    "channel.programme": (PROGRAMME,),
    "activity.experiential": (PROGRAMME,),
    "activity.reflective": (PROGRAMME,),
    "activity.contextual": (PROGRAMME,),
    "followup.hours": (PROGRAMME,),
    "followup.length": (
        PROGRAMME, Need((_above("followup.hours"),), "there is no contact after the task"),
    ),
    "withdrawal.planned": (PROGRAMME,),
    "leading.joint": (PROGRAMME,),
    "evaluation.kind": (PROGRAMME,),
    "programme.partners_each": (
        PROGRAMME, Need((_above("programme.originators"),), "no school is asked to share its practice"),
    ),
    "programme.select": (PROGRAMME,),
    "programme.mode": (PROGRAMME,),
    "programme.imposed": (PROGRAMME,),
    "programme.patience": (PROGRAMME,),
    "programme.structure": (PROGRAMME, _NETWORKS[0]),
    "programme.networks": (_NETWORKS[1],),
    "programme.members": (PROGRAMME, *_NETWORKS),
    "programme.teachers": (PROGRAMME,),
    "programme.begins": (PROGRAMME,),
    "programme.lasts": (PROGRAMME,),
    "programme.authority": (PROGRAMME,),
    "programme.coverage": (PROGRAMME,),
    "programme.coverage_from": (PROGRAMME,),
    "network.select": (PROGRAMME, *_NETWORKS),
    "network.meetings": (PROGRAMME, *_NETWORKS),
    "network.levels": (PROGRAMME, *_NETWORKS),
    "network.visitors": (
        PROGRAMME, *_NETWORKS, Need((_is("programme.structure", "triad"),), "no network is of triads"),
    ),
    "network.facilitated": (PROGRAMME, *_NETWORKS),
    "network.rotating": (PROGRAMME, *_NETWORKS),
    "network.grows": (PROGRAMME, *_NETWORKS),
    "network.most": (PROGRAMME, *_NETWORKS, Need((_above("network.grows"),), "networks ask nobody to join")),
    "network.pounds": (PROGRAMME, *_NETWORKS),
    "network.years": (PROGRAMME, *_NETWORKS),
    "broker.visits": _BROKERS[:1],
    "broker.practices": _BROKERS[:1],
    "broker.relationships": _BROKERS,
    "broker.dialogue": _BROKERS,
    "broker.resources": _BROKERS[:1],
    "broker.catalyst": _BROKERS[:1],
    "broker.skill": _BROKERS,
    "broker.judges": _BROKERS,
    "broker.mapping": _BROKERS,
    "ast.each_school": _ASTS,
    "ast.time": _ASTS,
    "ast.outreach": (*_ASTS, _TIME),
    "ast.managed": _ASTS,
    "accreditation.pounds": _AWARDS,
    "accreditation.fund": _AWARDS,
    "policy.continuity": (Need((_above("policy.churn"),), "policy is never begun anew"),),
}  # fmt: skip
"""What levers need, each of them all; a lever that is not here may always have an effect."""


def idle_levers(levers: Sequence[str], possible: Possible, years: int) -> Iterator[Idle]:
    """Those levers that can have no effect in a study, and why.

    Args:
        levers: Names, that of its programme before a stroke where it is one programme's.
        possible: The values that any parameter may have in the study.
        years: How long the study is.
    """
    for lever in levers:
        programme, stroke, name = lever.rpartition("/")

        def own(word: str, before: str = programme + stroke) -> Sequence[Value] | None:
            """The values of the programme's own lever; else those of the lever of all."""
            return possible(before + word if before and parameter(word).scope == "programme" else word)

        because = _unmet(name, own, years)
        if because:
            yield Idle(lever, because)


def _unmet(name: str, possible: Possible, years: int) -> str:
    """Why a lever can have no effect; empty where it can."""
    needs = NEEDS.get(name, ())
    for need in needs:
        if not any(clause.met(possible) for clause in need.clauses):
            return f"{need.unmet} ({', '.join(_is_now(clause.parameter, possible) for clause in need.clauses)})"
    begins = possible("programme.begins")
    if PROGRAMME in needs and name != "programme.begins" and begins and min(map(float, begins)) >= years:
        return f"the study ends before the programme begins ({_is_now('programme.begins', possible)}, years is {years})"
    for mechanism in MECHANISMS.values():
        if name in mechanism.neutral and possible(mechanism.switch.name) == (False,):
            return f"what it works by is taken out of the model ({mechanism.switch.name} is false)"
    return ""


def _is_now(name: str, possible: Possible) -> str:
    values = possible(name) or ()
    told = " or ".join(shown(value).strip('"') for value in dict.fromkeys(values))
    return f"{name} is {told}"
