"""Engagement: what multiplies every learning (M22, §2.31)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import logistic, weighted


@inlined
def task_pull(own_need: float, say: float, kind: float, appeal: float, fit: float, p: Parameters) -> float:
    """What the task itself adds to a learner's engagement (logit).

    Args:
        own_need: 1 if the focus is the need their school named, else 0.
        say: Say in the plan, 0..1: it matters the more, the more values-laden the practice (§2.31).
        kind: Of the practice: technical 0 .. values-laden 1.
        appeal: How good the practice looks, 0..1.
        fit: Its fit with the learner's values, 0..1.
        p: Parameters.
    """
    return p.engagement_pull * (own_need + (0.5 + kind) * (say - 0.5) + appeal - 1.0) + p.engagement_fit * (fit - 0.5)


@inlined
def school_push(tone: float, protection: float, felt: float, partnerships: float, asked: float, p: Parameters) -> float:
    """What the school adds to a learner's engagement (logit): "OK to fail" helps, felt stakes and overload hurt.

    Args:
        tone: Of the head toward learning from others, 0..1.
        protection: Of those who try and fail, 0..1.
        felt: Stakes that reach the staff, 0..1.
        partnerships: That the school is in.
        asked: How regularly pupils are asked, 0..1.
        p: Parameters.
    """
    return (
        p.engagement_pull * (tone + protection - 1.0)
        + p.pupils_engages * asked
        - p.engagement_stakes * felt
        - p.engagement_overload * max(0.0, min(partnerships, p.engagement_overload_most) - 1.0)
    )


@inlined
def relation_pull(trust: float, imposed: float, p: Parameters) -> float:
    """What the relation adds to a learner's engagement (logit): trust, less being made to."""
    return p.engagement_pull * (trust - 0.5) - p.engagement_imposed * imposed


@inlined
def engagement(pull: float, p: Parameters) -> float:
    """A learner's engagement, 0..1, from the sum of what pulls and pushes (logit)."""
    return weighted(logistic(p.engagement_base + p.engagement_will + pull), p.engagement_weight)


@inlined
def originators_engagement(tone: float, trust: float, imposed: float, foreboding: float, p: Parameters) -> float:
    """An originator's engagement, 0..1; `foreboding` is the share of the money that will stop within a year (M29)."""
    pull = (
        p.engagement_pull * (tone + trust - 1.0) - p.engagement_imposed * imposed - p.horizon_anticipation * foreboding
    )
    return weighted(logistic(p.engagement_originator_base + p.engagement_will + pull), p.engagement_weight)
