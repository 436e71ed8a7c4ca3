"""Knowledge, talk and reach of brokers, outside schools and inside (M32, M33, M35)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import unit


@inlined
def openness_to_broker(stakes: float, p: Parameters) -> float:
    """How openly a school speaks to a broker, 0..1 (M33, §3.41): a judging role shuts mouths, more at high stakes.

    `stakes` are those felt: the level times what the head does not shield.
    """
    return 1.0 - p.broker_judges * unit(p.broker_judging * (0.5 + stakes))


@inlined
def learned_about_school(knows: float, skill: float, openly: float, p: Parameters) -> float:
    """What a broker knows of a school after a visit, 0..1: it grows with visits, skill and openness (M33, §3.42)."""
    return knows + unit(p.broker_learns * (0.5 + skill) * openly) * (1.0 - knows)


@inlined
def introduction_trust(skill: float, openly: float, third: float, p: Parameters) -> float:
    """Trust between two schools a broker introduces (M33, M35).

    The broker's skill warms them, a role that judges cools them again; a third school both trust vouches for each.

    Args:
        skill: Of the broker, 0..1.
        openly: How open the visited school is to brokers, 0..1 (`openness_to_broker`).
        third: Lesser of the two trusts in the best common third, 0 where none is used.
        p: Parameters.
    """
    warmed = p.trust_stranger + (p.broker_trust - p.trust_stranger) * 2.0 * skill * openly
    return unit(max(warmed, third))


@inlined
def urging(skill: float, relations: float, openly: float) -> float:
    """How hard a broker who knows a school's relations can urge it on, 0..1 (M33, §3.45: history and reputation)."""
    return skill * relations * openly


@inlined
def attendance_chance(tone: float, confidence: float) -> float:
    """Chance that a school asked to a gathering comes: it takes a warm head and confident staff (M18, M20, M30)."""
    return unit(tone * (0.5 + confidence))


@inlined
def knowledge_of_school(familiarity: float, news: float, renown: float, word: float) -> float:
    """How well one school knows what another is good at, 0..1: by acquaintance, or by any of three kinds of word.

    Args:
        familiarity: On the tie between them.
        news: Of the network both are in, 0 where they share none.
        renown: What brokers make known of the other.
        word: What the school's own internal broker knows of others.
    """
    return 1.0 - (1.0 - familiarity) * (1.0 - news) * (1.0 - renown) * (1.0 - word)


@inlined
def internal_knowledge(knows: float, slack: float, p: Parameters) -> float:
    """What an internal broker knows after another half-term: time in post and time to do it (M32, §3.32)."""
    return knows + unit(p.internal_broker_learns * slack) * (1.0 - knows)


@inlined
def worth_the_journey(ahead: float, miles: float, p: Parameters) -> float:
    """Lead in mastery less what the miles take of it, by the weights with which schools themselves ask (M15, M33)."""
    return ahead - p.search_distance * miles / max(1e-6, p.search_quality)
