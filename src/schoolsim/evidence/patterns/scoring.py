"""From runs to verdicts, by rules fixed before any pattern was scored."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from schoolsim.evidence.patterns.pattern import ABLATED, NEGATIVE, NOTHING, WITHIN, Claim, Pattern
from schoolsim.evidence.runs.effects import Effect, effect_of, per_replication
from schoolsim.evidence.runs.experiment import AS_IS

APPEARS, ABSENT, OPPOSITE, UNCLEAR = "appears", "absent", "opposite", "unclear"
REMOVED, WEAKENED, UNAFFECTED, UNTOLD = "removed", "weakened", "unaffected: another cause", "not told"
_WORST_FIRST = (OPPOSITE, ABSENT, UNCLEAR, APPEARS)
SMALL = 0.02
"""Share of the level of what is compared that is too small to matter, where a claim does not say."""


def verdict_of(claim: Claim, effect: Effect) -> str:
    """Whether a claim appears.

    `+` and `-`: appears if the 95% interval lies on that side of 0, opposite if on the other, absent if it holds 0
    and nothing larger than the smallest effect that would matter, unclear otherwise. `0`: appears if the interval
    holds nothing larger than that, absent if it lies beyond it, unclear otherwise. `within`: appears if the mean
    lies there, absent if the whole interval lies outside, unclear otherwise. Fewer than half the replications: unclear.
    """
    if math.isnan(effect.mean) or effect.n < effect.dropped:
        return UNCLEAR
    if claim.expect == WITHIN:
        if claim.low <= effect.mean <= claim.high:
            return APPEARS
        return ABSENT if effect.high < claim.low or effect.low > claim.high else UNCLEAR
    smallest = claim.smallest or SMALL * effect.level
    small = max(abs(effect.low), abs(effect.high)) <= smallest
    if claim.expect == NOTHING:
        beyond = effect.low > smallest or effect.high < -smallest
        return APPEARS if small else ABSENT if beyond else UNCLEAR
    low, high = (-effect.high, -effect.low) if claim.expect == NEGATIVE else (effect.low, effect.high)
    if low > 0.0:
        return APPEARS
    if high < 0.0:
        return OPPOSITE
    return ABSENT if small else UNCLEAR


def overall(verdicts: list[str]) -> str:
    """A pattern appears if all of it does; else it is what its worst claim is."""
    return next(word for word in _WORST_FIRST if word in verdicts)


def score(
    pattern: Pattern, runs: pd.DataFrame, without: Mapping[int, pd.DataFrame] | None = None
) -> list[dict[str, object]]:
    """Rows of the table: one a claim and variant, then one for each cause that was taken out of a claim.

    Args:
        pattern: What is looked for.
        runs: What `run_experiment` returned of the pattern's experiment.
        without: The same of `claim_experiments`, by number of the claim.
    """
    variants = list(dict.fromkeys(runs["variant"]))
    rows = []
    for variant in variants:
        for number, claim in enumerate(pattern.claims, 1):
            judged = variant == AS_IS and claim.caused and ABLATED in variants
            ablation = became(claim, runs, runs, ABLATED) if judged else ""
            rows.append(_row(pattern, number, variant, runs, ablation))
    for number, off in (without or {}).items():
        for variant in dict.fromkeys(off["variant"]):
            ablation = became(pattern.claims[number - 1], runs, off, variant)
            rows.append(_row(pattern, number, variant, off, ablation))
    return rows


def _row(pattern: Pattern, number: int, variant: str, runs: pd.DataFrame, ablation: str) -> dict[str, object]:
    claim = pattern.claims[number - 1]
    effect = effect_of(runs, claim.terms, variant, claim.above)
    return {
        "pattern": pattern.id, "use": pattern.use, "kind": pattern.kind, "variant": variant, "claim": number,
        "says": claim.says, "expect": _told(claim), "mean": effect.mean, "low": effect.low, "high": effect.high,
        "n": effect.n, "dropped": effect.dropped, "verdict": verdict_of(claim, effect), "ablation": ablation,
        **_spread(claim, runs, variant),
    }  # fmt: skip


def became(claim: Claim, as_is: pd.DataFrame, runs: pd.DataFrame, variant: str) -> str:
    """What becomes of a claim that appears when something is taken out of the model.

    Args:
        claim: Which.
        as_is: Runs of the model as it is.
        runs: Runs that hold the variant, with the same seeds.
        variant: The model without it.
    """
    if verdict_of(claim, effect_of(as_is, claim.terms, AS_IS, claim.above)) != APPEARS:
        return UNTOLD
    off = effect_of(runs, claim.terms, variant, claim.above)
    if verdict_of(claim, off) != APPEARS:
        return REMOVED
    change = per_replication(runs, claim.terms, variant) - per_replication(as_is, claim.terms, AS_IS)
    change = change.dropna()
    sign = -1.0 if claim.expect == NEGATIVE else 1.0
    spread = float(change.std(ddof=1)) / math.sqrt(max(1, len(change)))
    return WEAKENED if sign * float(change.mean()) + 2.0 * spread < 0.0 else UNAFFECTED


def _spread(claim: Claim, runs: pd.DataFrame, variant: str) -> dict[str, float]:
    """How the claim's sum is spread over replications, whatever is made of it."""
    known = per_replication(runs, claim.terms, variant).dropna()
    shares = {"p05": 0.05, "p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: float(known.quantile(share)) if len(known) else float("nan") for name, share in shares.items()}


def _told(claim: Claim) -> str:
    return f"{claim.low:g} to {claim.high:g}" if claim.expect == WITHIN else claim.expect
