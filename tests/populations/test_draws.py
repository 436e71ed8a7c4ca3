from __future__ import annotations

import numpy as np

from schoolsim.draws import POPULATION, normal, uniform
from schoolsim.populations.draws import (
    Purpose,
    normal_series,
    normals,
    uniform_series,
    uniforms,
    validated_seed,
)

ENTITY = np.array([200_003, 100_001, 110_007])


def test_a_column_is_one_draw_for_each_entity() -> None:
    assert uniforms(5, Purpose.EAST, ENTITY, 1).tolist() == [
        uniform(5, POPULATION, int(Purpose.EAST), one, 1) for one in ENTITY.tolist()
    ]
    assert normals(5, Purpose.ROLL, ENTITY).tolist() == [
        normal(5, POPULATION, int(Purpose.ROLL), one, 0) for one in ENTITY.tolist()
    ]


def test_repeated_draws_count_attempts() -> None:
    expected = [uniform(5, POPULATION, int(Purpose.WAVE), 9, attempt) for attempt in range(4)]
    assert uniform_series(5, Purpose.WAVE, 9, 4).tolist() == expected
    assert normal_series(5, Purpose.AUTHORITY, 9, 2) == [
        normal(5, POPULATION, int(Purpose.AUTHORITY), 9, attempt) for attempt in range(2)
    ]


def test_every_purpose_has_its_own_number() -> None:
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose.__members__)


def test_no_entities_make_an_empty_column() -> None:
    assert uniforms(1, Purpose.EAST, ENTITY[:0]).shape == (0,)


def test_a_numpy_seed_is_a_seed() -> None:
    assert validated_seed(np.int64(7)) == 7  # type: ignore[arg-type]
