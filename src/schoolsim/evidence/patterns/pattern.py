"""A pattern: a finding of the sources, the experiment that shows it or not, and what should cause it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schoolsim.evidence.runs.effects import Term
from schoolsim.evidence.runs.experiment import AS_IS, Experiment
from schoolsim.parameters.mechanisms import MECHANISMS

POSITIVE, NEGATIVE, NOTHING, WITHIN = "+", "-", "0", "within"
EXPECTED = (POSITIVE, NEGATIVE, NOTHING, WITHIN)
EMERGENT, BUILT_IN = "emergent", "built in"
CALIBRATION, DEVELOPMENT, HOLD_OUT = "calibration", "development", "hold-out"
USES = (HOLD_OUT, DEVELOPMENT, CALIBRATION)
"""What a pattern is to the model: unseen until it was frozen, seen while forms were made, or fitted."""
ABLATED = "mechanism off"
WITHOUT = "without "
"""Begins the name of the variant that takes out one cause of one claim."""


@dataclass(frozen=True)
class Cause:
    """What may be behind one claim, and the values that take it out of the model.

    Args:
        name: In words that can follow "without".
        mechanisms: Ids of those to switch off.
        off: Values to set besides.
    """

    name: str
    mechanisms: Sequence[str] = ()
    off: Mapping[str, object] = field(default_factory=dict)

    @property
    def variant(self) -> str:
        """Name of the variant without it."""
        return WITHOUT + self.name

    @property
    def values(self) -> dict[str, object]:
        """Values of that variant."""
        return {**switched_off(self.mechanisms), **self.off}


@dataclass(frozen=True)
class Claim:
    """One thing the pattern says.

    Args:
        says: In words.
        terms: What is added up in each replication.
        expect: `+`, `-`, `0` (no larger than `smallest`) or `within` (its mean between `low` and `high`).
        smallest: Smallest effect that would matter; a fiftieth of the terms' level where it is 0.
        low: For `within`.
        high: For `within`.
        above: Where given, each replication counts as 1 where its sum is this or more and as 0 elsewhere: a share.
        caused: Whether the pattern's mechanism should be what makes it; the ablation is judged by these claims.
        causes: Of this claim by itself, each taken out in its turn: what the source would name first, then what the
            model has.
    """

    says: str
    terms: Sequence[Term]
    expect: str
    smallest: float = 0.0
    low: float = 0.0
    high: float = 0.0
    above: float | None = None
    caused: bool = True
    causes: Sequence[Cause] = ()


@dataclass(frozen=True)
class Pattern:
    """A finding and how it is looked for.

    Args:
        id: As `P07`.
        title: In a few words.
        seed: Source.
        section: Of the source.
        statement: What the source says.
        varies: What is varied, in words.
        kind: `emergent` (showing it counts as validation) or `built in` (it verifies a mechanism).
        use: `calibration` (parameters may be chosen by it), `development` (its score was known while forms were made)
            or `hold-out` (it came after the model was frozen).
        mechanisms: Ids of those whose absence should remove it.
        remark: What the model cannot show of it, or how it was read.
        cannot: Why the model cannot express it at all; empty if it can.
        setting: Values in every cell.
        cells: Values of each cell.
        claims: What is expected, the leading one first.
        off: More values of the ablation, where a switch does not reach the cause.
        disputed: Values of variants that outside evidence suggests, by name.
        replications: Paired seeds.
        more: Paired seeds where those cannot tell every claim, one number after the other.
        fast: Paired seeds of the fast form.
        years: Years of policy.
        burn_in_years: Years before it.
    """

    id: str
    title: str
    seed: str
    section: str
    statement: str
    varies: str
    kind: str
    use: str
    mechanisms: Sequence[str] = ()
    remark: str = ""
    cannot: str = ""
    setting: Mapping[str, object] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    claims: Sequence[Claim] = ()
    off: Mapping[str, object] = field(default_factory=dict)
    disputed: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    replications: int = 30
    more: Sequence[int] = (200, 800)
    fast: int = 12
    years: int = 5
    burn_in_years: int = 2

    def experiment(self) -> Experiment:
        """Its runs: every cell as it is, with the mechanism off, and as disputed."""
        variants: dict[str, Mapping[str, object]] = {AS_IS: {}}
        if self.mechanisms or self.off:
            variants[ABLATED] = {**switched_off(self.mechanisms), **self.off}
        variants |= self.disputed
        terms = [term for claim in self.claims for term in claim.terms]
        return self._experiment(self.title, list(self.cells), terms, variants)

    def claim_experiments(self) -> dict[int, list[Experiment]]:
        """Runs without each cause of a claim, by the claim's number: its own cells, with the seeds of `experiment`.

        Each is apart, so that no cause can touch a run that a score rests on, nor one without another cause: a value
        that one variant of an experiment sets is set in all of them, and no longer drawn from the posterior sample.
        """
        return {
            number: [
                self._experiment(
                    f"claim {number} {cause.variant}", list(dict.fromkeys(term.cell for term in claim.terms)),
                    claim.terms, {cause.variant: cause.values},
                )
                for cause in claim.causes
            ]
            for number, claim in enumerate(self.claims, 1) if claim.causes
        }  # fmt: skip

    def _experiment(
        self, title: str, cells: Sequence[str], terms: Sequence[Term], variants: Mapping[str, Mapping[str, object]]
    ) -> Experiment:
        chosen = {cell: self.cells[cell] for cell in cells}
        measures = list(dict.fromkeys(term.measure for term in terms))
        return Experiment(
            f"{self.id} {title}", self.setting, chosen, measures, variants, self.years, self.burn_in_years,
            seed=int(self.id[1:]),
        )  # fmt: skip


def switched_off(mechanisms: Sequence[str]) -> dict[str, object]:
    """The switches of mechanisms, off."""
    return {f"mechanism.{MECHANISMS[name].word}": False for name in mechanisms}
