"""The only source of chance: a number for (seed, purpose, step, entity, attempt), and no state at all.

Each draw is a hash of what it is for. Order and threads therefore change nothing, and two policies run
with one seed share every draw they both make, which is what lets a small effect be seen in few runs.
The hash is a chain of SplitMix64 finalisers (Steele, Lea & Flood 2014, doi 10.1145/2714064.2660195).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import config

from schoolsim.jit import compiled, compiled_for

# What a draw is for. A number is never used for two purposes, nor used again for another one.
CONTEXT: Final = 1
PRACTICE: Final = 2
TRADITION: Final = 3
HOLDER: Final = 4
LEVELS: Final = 5
PERSON: Final = 6
HEAD: Final = 7
FIRST_TIES: Final = 8
TIE_LEVELS: Final = 9
POPULATION: Final = 10
NEED: Final = 20
SEEK: Final = 21
STRANGERS: Final = 22
CHOICE_NOISE: Final = 23
ACCEPT: Final = 24
OFFER: Final = 25
MODE: Final = 26
PRIORITY: Final = 27
DISCLOSE: Final = 28
TASK_LENGTH: Final = 29
PAIR: Final = 30
DEMAND: Final = 31
CREATE: Final = 32
CREATED: Final = 33
FOCUS: Final = 40
COLLEAGUE: Final = 41
OBSERVE: Final = 42
INFORMAL: Final = 43
SUCCESS: Final = 50
POACH: Final = 51
MEET: Final = 52
END: Final = 54
RENEW: Final = 55
WITHDRAW: Final = 56
LEAVE: Final = 60
MOVE: Final = 61
RECRUIT: Final = 62
CARRIED_TIES: Final = 63
HEAD_LEAVES: Final = 64
RESULT_NOISE: Final = 70
MEMBERS: Final = 80
COVERAGE: Final = 199
JOIN: Final = 200
FIRST_MEETING: Final = 201
WHO_GOES: Final = 202
CLIMATE: Final = 203
ASKING_ORDER: Final = 204
AREA_WAVE: Final = 205
BESIDES: Final = 206
BROUGHT_HOME: Final = 207
ACADEMY_TRUST: Final = 208
VISIT: Final = 81
INTRODUCE: Final = 82
HEAD_MORE: Final = 140
BID: Final = 141
THEME: Final = 142
DRIFT: Final = 143
CLAIM: Final = 144
INSPECT: Final = 145
CHURN: Final = 147
EVALUATE: Final = 148
EVALUATION_STOP: Final = 149
AWARD: Final = 151
REQUEST: Final = 152
COLD_REQUEST: Final = 153
GATE: Final = 154
HEAD_MOVES: Final = 155
BADGE_SHARE: Final = 157
SPECIFICATION: Final = 158
BROKER_TOLD: Final = 180
BROKER_CALLS: Final = 181
GATHERING: Final = 182
NETWORK_LEADER: Final = 183
NETWORK_FRIENDS: Final = 184
NETWORK_VISITS: Final = 185
NETWORK_INFORMAL: Final = 186
INTERNAL_BROKER: Final = 187
INTERNAL_LOOKS: Final = 188
AST_SCHOOL: Final = 189
HOSTILE_FIRST: Final = 190
BREACH: Final = 191
REPAIR: Final = 192
TRAIT: Final = 100
PLAN: Final = 101
WEBSITE: Final = 102
ENQUIRY: Final = 103
TALK: Final = 220
COPY: Final = 221
BARTER: Final = 222

_MASK: Final = (1 << 64) - 1
_STEP: Final = 2.0**-53

# Coefficients of AS 241, lowest power first: near the middle, on the flanks, in the tails.
_MIDDLE_TOP: Final = (
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
)  # fmt: skip
_MIDDLE_BOTTOM: Final = (
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
)  # fmt: skip
_FLANK_TOP: Final = (
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
)  # fmt: skip
_FLANK_BOTTOM: Final = (
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
)  # fmt: skip
_TAIL_TOP: Final = (
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
)  # fmt: skip
_TAIL_BOTTOM: Final = (
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
)  # fmt: skip


def _mix_plainly(bits: int) -> int:
    """SplitMix64's finaliser on Python integers: what the compiled one must equal."""
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _MASK
    return bits ^ (bits >> 31)


def bits_plainly(seed: int, purpose: int, step: int, entity: int, attempt: int) -> int:
    """The 64 bits of a draw in plain Python: the definition, and the oracle of the tests."""
    bits = _mix_plainly((int(seed) + 0x9E3779B97F4A7C15) & _MASK)
    for part in (purpose, step, entity, attempt):
        bits = _mix_plainly((bits ^ ((int(part) & _MASK) * 0xD1342543DE82EF95)) + 0x9E3779B97F4A7C15 & _MASK)
    return bits


@compiled_for("uint64(uint64)")
def _mix(bits: np.uint64) -> np.uint64:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@compiled_for("uint64(uint64, int64)")
def _absorb(bits: np.uint64, part: int) -> np.uint64:
    return _mix((bits ^ (np.uint64(part) * np.uint64(0xD1342543DE82EF95))) + np.uint64(0x9E3779B97F4A7C15))


@compiled_for("uint64(int64, int64, int64, int64, int64)")
def _bits(seed: int, purpose: int, step: int, entity: int, attempt: int) -> np.uint64:
    start = _mix(np.uint64(seed) + np.uint64(0x9E3779B97F4A7C15))
    return _absorb(_absorb(_absorb(_absorb(start, purpose), step), entity), attempt)


# Plain NumPy warns when a 64-bit product wraps, which is what a hash is for.
draw_bits = bits_plainly if config.DISABLE_JIT else _bits  # type: ignore[attr-defined]  # set when loaded


@compiled_for("float64(int64, int64, int64, int64, int64)")
def uniform(seed: int, purpose: int, step: int, entity: int, attempt: int) -> float:
    """A number from 0 (included) to 1 (excluded), 53 bits fine.

    Args:
        seed: The replication's seed.
        purpose: One of this module's constants.
        step: The half-term (negative in burn-in), or 0 for what is drawn once.
        entity: The stable number of who it is drawn for (never a row or a slot).
        attempt: Counts draws of one purpose for one entity in one half-term.
    """
    return float(draw_bits(seed, purpose, step, entity, attempt) >> np.uint64(11)) * _STEP


@compiled_for("int64(int64, int64)")
def pair(first: int, second: int) -> int:
    """One number for two entities, in this order (62 bits: a national run meets no collision)."""
    return np.int64(draw_bits(first, 0, 0, second, 0) >> np.uint64(2))  # type: ignore[return-value]  # an int when compiled


@compiled
def _ratio(x: float, above: tuple[float, ...], below: tuple[float, ...]) -> float:
    top = 0.0
    bottom = 0.0
    for power in range(7, -1, -1):
        top = top * x + above[power]
        bottom = bottom * x + below[power]
    return top / bottom


@compiled_for("float64(float64)")
def inverse_normal(probability: float) -> float:
    """The standard normal quantile to about 1e-15 (Wichura 1988, algorithm AS 241, PPND16).

    Args:
        probability: Between 0 and 1, both excluded.
    """
    centred = probability - 0.5
    if abs(centred) <= 0.425:
        return centred * _ratio(0.180625 - centred * centred, _MIDDLE_TOP, _MIDDLE_BOTTOM)
    tail = math.sqrt(-math.log(probability if centred < 0 else 1.0 - probability))
    if tail <= 5.0:
        size = _ratio(tail - 1.6, _FLANK_TOP, _FLANK_BOTTOM)
    else:
        size = _ratio(tail - 5.0, _TAIL_TOP, _TAIL_BOTTOM)
    return -size if centred < 0 else size


@compiled_for("float64(int64, int64, int64, int64, int64)")
def normal(seed: int, purpose: int, step: int, entity: int, attempt: int) -> float:
    """A standard normal number: the inverse distribution function at one uniform draw."""
    # The largest uniform draw and half a step round to 1, where the quantile is infinite.
    return inverse_normal(min(uniform(seed, purpose, step, entity, attempt) + 0.5 * _STEP, 1.0 - _STEP))
