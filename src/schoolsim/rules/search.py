"""Needs, disclosure, the search for a partner, acceptance and the choice of mode (M05, M13, M14, M18, M36)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.modes import settled_mode
from schoolsim.rules.shapes import logistic, weighted
from schoolsim.rules.words import ADAPTATION, CREATION, EXCHANGE, REPLICATION


@compiled
def wish(appeal: float, mastery: float, dependence: float, unfamiliar: float) -> float:
    """How much a school would like to be better at a practice, before noise (M05): appeal, room and fit to home."""
    return appeal * (1.0 - mastery) * (1.0 - 0.5 * dependence * unfamiliar)


@compiled
def disclosure(trust: float, stakes: float, status_gap: float, rival: float, p: np.record) -> float:
    """Chance that a weakness is admitted (M13, §2.12): trust, less what hangs on it, status and rivalry.

    `stakes` are those felt: the level times what the head does not shield.
    """
    logit = (
        p.disclosure_base
        + p.disclosure_trust * trust
        - p.disclosure_stakes * stakes
        - p.disclosure_status * status_gap
        - p.disclosure_rivalry * rival
    )
    return weighted(logistic(logit), p.disclosure_weight)


@compiled
def seems(mastery: float, familiarity: float, standing: float, badge: float, p: np.record) -> float:
    """How good another school seems at a practice: known where it is familiar, a halo elsewhere (M05, M19)."""
    halo = min(1.0, max(0.0, p.search_halo_base + p.search_halo_standing * standing + p.badging_visibility * badge))
    return familiarity * mastery + (1.0 - familiarity) * halo


@compiled
def liking(quality: float, trust: float, familiarity: float, rival: float, miles: float, p: np.record) -> float:
    """Utility of asking a school, before noise (M14, M15, M36): search is through people."""
    return (
        p.search_quality * quality
        + p.search_trust * trust
        + p.search_familiarity * familiarity
        - p.search_rivalry * rival
        - p.search_distance * miles
    )


@compiled
def welcome(
    trust: float, familiarity: float, rival: float, miles: float, funded: float, pressed: float, p: np.record
) -> float:
    """Chance that the school asked likes the asker enough (M12, M14): cold calls rarely work.

    `pressed` is what a broker's urging adds (M33, catalyst), less what its head's parochialism takes (M30), in logit.
    """
    logit = (
        p.accept_base
        + p.accept_trust * trust
        + p.accept_familiarity * familiarity
        - p.search_rivalry * rival
        - p.search_distance * miles
        + p.accept_funded * funded
        + pressed
    )
    return logistic(logit)


@compiled
def chosen_mode(trust: float, offered: bool, kind: float, difference: float, luck: float, p: np.record) -> int:
    """The mode two schools choose for themselves (App A, B, D).

    Args:
        trust: Mean trust of the two.
        offered: Whether the partner has something to offer in return, and offers it.
        kind: Of the focus: technical 0 .. values-laden 1.
        difference: Unfamiliarity of the two contexts to each other.
        luck: A uniform number.
        p: Parameters.
    """
    if offered and trust > p.mode_exchange_trust:
        return settled_mode(CREATION if luck < p.mode_creation_share * difference else EXCHANGE, p)
    return settled_mode(
        ADAPTATION if luck < p.mode_adaptation_base + p.mode_adaptation_slope * kind else REPLICATION, p
    )


@compiled
def joint_mode(difference: float, luck: float, p: np.record) -> int:
    """The mode of joint practice development: exchange, or creation the likelier the more two schools differ (R1)."""
    return settled_mode(CREATION if luck < p.mode_creation_share * difference else EXCHANGE, p)


@compiled
def matched_mode(trust: float, offered: bool, kind: float, difference: float, luck: float, p: np.record) -> int:
    """The mode that suits the practice (R6, App A): the technical replicated, the values-laden exchanged in trust.

    Arguments as in `chosen_mode`; between the two, and where trust or a counter-offer is wanting, adaptation.
    """
    if kind < 0.4:
        return settled_mode(REPLICATION, p)
    if kind > 0.6 and offered and trust > p.mode_exchange_trust:
        return joint_mode(difference, luck, p)
    return settled_mode(ADAPTATION, p)
