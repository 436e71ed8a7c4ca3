"""A second coding of the model's core in plain objects, stepped by Mesa: slow and obvious, one method a phase.

It takes the first state from `schoolsim.system.initial`, the formulas from `schoolsim.rules` (as plain Python) and,
with `keyed=True`, the same draws. Everything else (who meets whom, in what order, with what hours, and what is
kept of it) is written again, so a run must agree with the compiled model's to rounding. It is also the denominator of
every speed-up that is claimed: then it draws from Mesa's own generator, as any Mesa model would.
"""

from __future__ import annotations

from benchmarks.twin.model import CORE, Twin, core

__all__ = ["CORE", "Twin", "core"]
