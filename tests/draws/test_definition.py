"""A draw is what its definition in plain Python says, and depends on nothing but its key."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from schoolsim import draws

WHOLE = st.integers(-(2**63), 2**63 - 1)
KEY = st.tuples(WHOLE, WHOLE, WHOLE, WHOLE, WHOLE)
LARGEST = 1.0 - 2.0**-53


@given(KEY)
@example((0, 0, 0, 0, 0))
@example((-1, -1, -1, -1, -1))
@example((2**63 - 1, -(2**63), 2**63 - 1, -(2**63), 1))
def test_compiled_bits_are_the_plain_ones(key: tuple[int, int, int, int, int]) -> None:
    assert int(draws.draw_bits(*key)) == draws.bits_plainly(*key)


@given(KEY)
def test_a_uniform_draw_is_the_upper_53_bits(key: tuple[int, int, int, int, int]) -> None:
    drawn = draws.uniform(*key)
    assert drawn == (draws.bits_plainly(*key) >> 11) * 2.0**-53
    assert 0.0 <= drawn < 1.0
    assert draws.uniform(*key) == drawn


@given(WHOLE, WHOLE)
def test_a_pair_is_62_bits_in_this_order(first: int, second: int) -> None:
    both = draws.pair(first, second)
    assert both == draws.bits_plainly(first, 0, 0, second, 0) >> 2
    assert 0 <= both < 2**62
    assert first == second or both != draws.pair(second, first)


@given(KEY)
def test_a_normal_draw_is_the_quantile_of_a_uniform_one(key: tuple[int, int, int, int, int]) -> None:
    expected = stats.norm.ppf(min(draws.uniform(*key) + 2.0**-54, LARGEST))
    assert draws.normal(*key) == pytest.approx(expected, rel=1e-13, abs=1e-15)


def test_the_finaliser_is_splitmixs() -> None:
    """First three numbers of SplitMix64 seeded with 0, as its authors' program prints them."""
    step = 0x9E3779B97F4A7C15
    printed = [draws._mix_plainly((step * number) % 2**64) for number in (1, 2, 3)]
    assert [f"{bits:x}" for bits in printed] == ["e220a8397b1dcdaf", "6e789e6aa1b965f4", "6c45d188009454f"]


def test_bits_of_a_few_keys_stay_what_they_are() -> None:
    """Results of an older version can be made again only while these hold."""
    keys = [(0, 0, 0, 0, 0), (1, 20, -6, 100_001, 0), (2**62, 81, 59, -1, 12_003), (-7, 7, 7, 7, 7)]
    assert [f"{draws.bits_plainly(*key):016x}" for key in keys] == STORED


STORED = ["78ae5a9a6b5fd45e", "20119cf766ade713", "2ddfd4eb9e2e408c", "8e4984292f2242f1"]


# --- keys that give a chosen draw: every step of the hash can be undone -------------------------

_MASK = 2**64 - 1


def _unshifted(bits: int, shift: int) -> int:
    """The x with x ^ (x >> shift) = bits."""
    found = bits
    for _ in range(64 // shift + 1):
        found = bits ^ (found >> shift)
    return found


def _unmixed(bits: int) -> int:
    for shift, factor in ((31, 0x94D049BB133111EB), (27, 0xBF58476D1CE4E5B9)):
        bits = (_unshifted(bits, shift) * pow(factor, -1, 2**64)) & _MASK
    return _unshifted(bits, 30)


def key_of(target: int) -> tuple[int, int, int, int, int]:
    """A key whose 64 bits are `target`: only the attempt is chosen."""
    before = draws.bits_plainly(1, 2, 3, 4, 0)
    # Undo the last part, attempt 0, then put in the attempt that gives the target instead.
    state = (_unmixed(before) - 0x9E3779B97F4A7C15) & _MASK
    wanted = (_unmixed(target) - 0x9E3779B97F4A7C15) & _MASK
    attempt = ((state ^ wanted) * pow(0xD1342543DE82EF95, -1, 2**64)) & _MASK
    return 1, 2, 3, 4, attempt - 2**64 if attempt >= 2**63 else attempt


@given(st.integers(0, _MASK))
def test_every_draw_has_a_key(target: int) -> None:
    """The hash loses nothing: for one purpose, step and entity, attempts give all 64-bit numbers once."""
    assert draws.bits_plainly(*key_of(target)) == target


@pytest.mark.parametrize("target", [0, _MASK, 1 << 63, (1 << 63) - 1, _MASK - 2**11])
def test_a_normal_draw_is_finite_even_at_the_ends(target: int) -> None:
    """Half a step above the largest uniform draw is 1 in floating point, whose quantile is infinite."""
    drawn = draws.normal(*key_of(target))
    assert math.isfinite(drawn)
    assert abs(drawn) < 8.5


def test_inverse_normal_is_scipys_everywhere() -> None:
    """Wichura's algorithm, in its three regions and at their seams."""
    tails = np.concatenate([2.0 ** -np.arange(1.0, 1000.0, 0.37), np.exp(-np.linspace(24.0, 26.0, 200))])
    seams = np.array([0.075, 0.925]) + np.array([[-1e-12], [0.0], [1e-12]])
    every = np.concatenate([tails, np.linspace(1e-6, 1 - 1e-6, 20_001), seams.ravel(), [LARGEST, 5e-324]])
    ours = np.array([draws.inverse_normal(one) for one in every])
    np.testing.assert_allclose(ours, stats.norm.ppf(every), rtol=1e-13, atol=1e-16)


@given(st.floats(1e-12, 1.0 - 1e-12))
def test_inverse_normal_is_the_inverse(probability: float) -> None:
    assert stats.norm.cdf(draws.inverse_normal(probability)) == pytest.approx(probability, rel=1e-12, abs=1e-15)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_inverse_normal_rises(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert draws.inverse_normal(low) <= draws.inverse_normal(high)
