from __future__ import annotations

import numpy as np

from schoolsim.draws import POPULATION, normal, uniform
from schoolsim.populations.draws import (
    What,
    checked_seed,
    normals,
    repeated,
    repeated_normal,
    uniforms,
)

ENTITY = np.array([200_003, 100_001, 110_007])


def test_a_column_is_one_draw_for_each_entity() -> None:
    assert uniforms(5, What.EAST, ENTITY, 1).tolist() == [
        uniform(5, POPULATION, int(What.EAST), one, 1) for one in ENTITY.tolist()
    ]
    assert normals(5, What.ROLL, ENTITY).tolist() == [
        normal(5, POPULATION, int(What.ROLL), one, 0) for one in ENTITY.tolist()
    ]


def test_repeated_draws_count_attempts() -> None:
    expected = [uniform(5, POPULATION, int(What.WAVE), 9, attempt) for attempt in range(4)]
    assert repeated(5, What.WAVE, 9, 4).tolist() == expected
    assert repeated_normal(5, What.AUTHORITY, 9, 2) == [
        normal(5, POPULATION, int(What.AUTHORITY), 9, attempt) for attempt in range(2)
    ]


def test_every_purpose_has_its_own_number() -> None:
    assert len({int(what) for what in What}) == len(What.__members__)


def test_no_entities_make_an_empty_column() -> None:
    assert uniforms(1, What.EAST, ENTITY[:0]).shape == (0,)


def test_a_numpy_seed_is_a_seed() -> None:
    assert checked_seed(np.int64(7)) == 7  # type: ignore[arg-type]
