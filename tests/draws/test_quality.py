"""The draws are as good as independent uniform numbers, along every part of the key and in the keys the model uses.

Each check has a chance of about one in a million of failing a perfect generator, and its keys are fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from numba import njit
from scipy import stats

from schoolsim import draws

NUMBER = 40_000
UNLIKELY = 1e-6
#: Parts of a key by name, and their usual values.
PARTS = {"seed": 1, "purpose": draws.SEEK, "step": 12, "entity": 100_003, "attempt": 0}
_PLACES = {name: place for place, name in enumerate(PARTS)}
#: Sequences of values that parts take: one after the other, far apart, and as teachers' numbers are.
SEQUENCES: dict[str, Callable[[int], np.ndarray]] = {
    "whole numbers": lambda n: np.arange(n),
    "negative numbers": lambda n: -np.arange(1, n + 1),
    "strides of 1024": lambda n: 1024 * np.arange(n),
    "strides of 2^40": lambda n: 2**40 * np.arange(n),
    "numbers of schools": lambda n: 100_000 * (1 + np.arange(n) // 100) + 10_000 + np.arange(n) % 100,
}


@njit
def _drawn(keys: np.ndarray) -> np.ndarray:
    made = np.empty(keys.shape[0])
    for row in range(keys.shape[0]):
        made[row] = draws.uniform(keys[row, 0], keys[row, 1], keys[row, 2], keys[row, 3], keys[row, 4])
    return made


@njit
def _paired(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    made = np.empty(first.shape[0], dtype=np.int64)
    for row in range(first.shape[0]):
        made[row] = draws.pair(first[row], second[row])
    return made


def keys(number: int, **parts: np.ndarray | int) -> np.ndarray:
    """A row for each key; parts not given have their usual values."""
    made = np.empty((number, len(PARTS)), dtype=np.int64)
    for name, usual in PARTS.items():
        made[:, _PLACES[name]] = parts.get(name, usual)
    return made


def drawn_along(part: str, sequence: str = "whole numbers", number: int = NUMBER, **fixed: int) -> np.ndarray:
    return _drawn(keys(number, **{part: SEQUENCES[sequence](number)}, **fixed))


def assert_uniform(values: np.ndarray) -> None:
    """By the largest gap to the line, by cells, and by the moments that means and spreads rest on."""
    assert stats.kstest(values, "uniform").pvalue > UNLIKELY
    cells = np.bincount((values * 256).astype(int), minlength=256)
    assert stats.chisquare(cells).pvalue > UNLIKELY
    assert abs(values.mean() - 0.5) < 5 * np.sqrt(1 / 12 / len(values))


def assert_independent(one: np.ndarray, other: np.ndarray) -> None:
    """No correlation of values or of their distances from the middle, and even cells of the square."""
    for first, second in ((one, other), (abs(one - 0.5), other), (abs(one - 0.5), abs(other - 0.5))):
        assert abs(np.corrcoef(first, second)[0, 1]) < 5 / np.sqrt(len(one))
    cells = np.bincount((one * 16).astype(int) * 16 + (other * 16).astype(int), minlength=256)
    assert stats.chisquare(cells).pvalue > UNLIKELY


@pytest.mark.parametrize(("part", "sequence"), list(product(PARTS, SEQUENCES)))
def test_uniform_along_every_part(part: str, sequence: str) -> None:
    assert_uniform(drawn_along(part, sequence))


@pytest.mark.parametrize(("part", "sequence"), list(product(PARTS, SEQUENCES)))
@pytest.mark.parametrize("lag", [1, 2, 6])
def test_neighbours_along_every_part_are_independent(part: str, sequence: str, lag: int) -> None:
    values = drawn_along(part, sequence)
    assert_independent(values[:-lag], values[lag:])


@pytest.mark.parametrize(("part", "other"), [(one, two) for one, two in product(PARTS, PARTS) if one != two])
def test_a_step_of_one_part_leaves_no_trace_along_another(part: str, other: str) -> None:
    """Two policies' draws, two half-terms', two seeds': the second says nothing about the first."""
    usual = drawn_along(part)
    for change in (1, 2, 1000):
        assert_independent(usual, drawn_along(part, **{other: PARTS[other] + change}))


def test_no_two_keys_have_one_draw() -> None:
    """Parts are not added up: a hundred thousand near keys, each with a number of its own."""
    near = np.array(list(product(range(10), repeat=5)), dtype=np.int64)
    assert len(np.unique(_drawn(near))) == len(near)


def test_no_purpose_goes_with_another() -> None:
    """All purposes of the model against each other, for the same people in the same half-term."""
    purposes = [value for name, value in vars(draws).items() if name.isupper() and name[0] != "_"]
    people = _paired(np.arange(4000), np.full(4000, 7))
    drawn = np.array([_drawn(keys(4000, entity=people, purpose=one)) for one in purposes])
    together = np.corrcoef(drawn)[np.triu_indices(len(purposes), 1)]
    assert abs(together).max() < 5.5 / np.sqrt(4000)
    # Their spread is that of chance, and no smaller.
    assert together.std() == pytest.approx(1 / np.sqrt(4000), rel=0.1)


def test_sums_over_half_terms_spread_as_they_should() -> None:
    """A person's draws over 60 half-terms: were they of one kind, the sums would spread too far or not enough."""
    people = np.repeat(np.arange(100_000, 102_000), 60)
    steps = np.tile(np.arange(60), 2000)
    sums = _drawn(keys(len(people), entity=people, step=steps)).reshape(2000, 60).sum(axis=1)
    within = stats.chi2.ppf([UNLIKELY, 1 - UNLIKELY], 1999) / 1999
    assert within[0] < sums.var(ddof=1) / (60 / 12) < within[1]


@pytest.mark.parametrize("part", PARTS)
def test_one_bit_of_a_key_turns_half_the_bits_of_a_draw(part: str) -> None:
    """Every bit of the part, low and high, moves every bit of the result about every other time."""
    flips = np.zeros((64, 64))
    samples = 200
    for sample in range(samples):
        usual = list(PARTS.values())
        usual[_PLACES["entity"]] += 7919 * sample
        before = draws.bits_plainly(*usual)
        for bit in range(64):
            key = list(usual)
            key[_PLACES[part]] = int(np.int64(np.uint64(key[_PLACES[part]] % 2**64) ^ np.uint64(1 << bit)))
            turned = before ^ draws.bits_plainly(*key)
            flips[bit] += [(turned >> place) & 1 for place in range(64)]
    share = flips / samples
    assert abs(share.mean() - 0.5) < 0.005
    assert abs(share - 0.5).max() < 5.5 * 0.5 / np.sqrt(samples)


@pytest.mark.parametrize("low", [8, 11])
def test_the_low_bits_are_as_good_as_the_high_ones(low: int) -> None:
    """Of the 53 used: a draw's last bits must not be the same for neighbours."""
    last = (drawn_along("entity") * 2**53).astype(np.int64) % 2**low
    assert stats.chisquare(np.bincount(last, minlength=2**low)).pvalue > UNLIKELY


def test_pairs_of_a_nations_schools_and_people_never_collide() -> None:
    """A million pairs as the model makes them, among 2^62 numbers: one collision has a chance of 1 in 8 million."""
    schools = np.repeat(np.arange(100_000, 122_000), 25)
    people = _paired(schools, np.tile(np.arange(25), 22_000))
    newcomers = _paired(people[:300_000], np.full(300_000, 1_000_005))
    near = _paired(np.repeat(np.arange(400), 400), np.tile(np.arange(400), 400))
    every = np.concatenate([people, newcomers, near])
    assert len(np.unique(every)) == len(every) == 1_010_000


def test_pairs_fill_their_range_evenly() -> None:
    both = _paired(np.repeat(np.arange(200), 200), np.tile(np.arange(200), 200))
    assert_uniform(both / 2.0**62)
    assert stats.chisquare(np.bincount(both % 256, minlength=256)).pvalue > UNLIKELY


def test_a_normal_draw_is_normal() -> None:
    drawn = np.array([draws.normal(1, draws.NEED, 0, entity, 0) for entity in range(20_000)])
    assert stats.kstest(drawn, "norm").pvalue > UNLIKELY
    assert abs(stats.skew(drawn)) < 5 * np.sqrt(6 / len(drawn))
    assert abs(stats.kurtosis(drawn)) < 5 * np.sqrt(24 / len(drawn))
