"""Compiling whole functions and parts of them, and reading rows instead of columns."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from schoolsim.compiled import compiled, compiled_for
from schoolsim.compiled.linking import Compiled
from schoolsim.compiled.reading import ReadRows

ROWS = np.dtype([("uid", "i8"), ("tone", "f8"), ("axes", "f8", (3,))])


def rows() -> np.ndarray:
    """Four rows that differ in every cell."""
    made = np.zeros(4, dtype=ROWS)
    made["uid"], made["tone"] = [3, 1, 4, 1], [0.1, 0.2, 0.3, 0.4]
    made["axes"] = np.arange(12.0).reshape(4, 3)
    return made


def _everything(group: np.ndarray, chosen: np.ndarray, seen: np.ndarray) -> float:
    total = 0.0
    for place in range(chosen.shape[0]):
        row = chosen[place]
        total += group.tone[row] * group.uid[row] + group.axes[row, 1]
        group.tone[row] += 1.0
        group.uid[row] = 7
        group.axes[row, 2] *= 2.0
        seen[place] = group.axes[row][0] + group.tone[-1]
    group.tone[1:3] = group.tone[1:3] + 0.5
    group.axes[0, :] = group.tone[0]
    kept = group.tone
    kept[0] += 1.0
    return total + kept[0] + group.tone.shape[0] + np.sum(group.uid)


def test_a_row_is_read_and_written_as_a_column_would_be() -> None:
    outcomes = []
    for compiler in (njit, compiled):
        group, seen = rows(), np.zeros(3)
        total = compiler(_everything)(group, np.array([0, 2, 2]), seen)
        outcomes.append((total, group.tobytes(), seen.tobytes()))
    assert outcomes[0] == outcomes[1]


def test_columns_of_arguments_become_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[str] = []
    whole = ReadRows.run_pass

    def looked_at(self: ReadRows, state: object) -> bool:
        changed = whole(self, state)
        left.extend(str(one) for block in state.func_ir.blocks.values() for one in block.body)  # type: ignore[attr-defined]
        return changed

    def one_cell(group: np.ndarray, row: int) -> float:
        group.tone[row] += 1.0
        return float(group.tone[row])

    monkeypatch.setattr(ReadRows, "run_pass", looked_at)
    assert compiled(one_cell)(rows(), 1) == 1.2
    assert not [line for line in left if "getattr(value=group" in line]
    assert [line for line in left if "getitem(value=group, index=row" in line]


@compiled
def _part(x: float) -> float:
    return x + 1.0


@compiled
def _whole(x: float) -> float:
    return 10.0 * _part(x)


@compiled_for("float64(float64)")
def _cast(x: float) -> float:
    return x / 2.0


@compiled
def _casts(x: int) -> float:
    return _cast(x)


def test_a_part_is_no_more_than_a_part() -> None:
    """Called by a compiled function it gets neither a wrapper nor machine code of its own; called from Python, both."""
    assert isinstance(_part, Compiled)
    assert _whole(1.0) == 20.0
    assert not _part.signatures
    (made,) = _part.inner.overloads.values()
    assert made.entry_point is None
    assert not _part.inner._cache_misses
    assert _part(1.0) == 2.0
    assert len(_part.signatures) == 1


def test_one_signature_casts_for_both_kinds_of_caller() -> None:
    assert _cast(3) == _casts(3) == 1.5
    assert len(_cast.signatures) == len(_cast.inner.overloads) == 1


@compiled
def _parts_of_parts(x: float) -> float:
    return _part(_cast(x)) + _whole(x)


def test_code_that_others_compile_may_call_parts() -> None:
    """A user's own `njit` function gets a part with all that it calls, more than once too."""

    @njit
    def once(x: float) -> float:
        return _parts_of_parts(x)

    @njit
    def again(x: float) -> float:
        return once(x) + _parts_of_parts(x) + _part(x)

    assert once(3.0) == 2.5 + 40.0
    assert again(3.0) == 2 * 42.5 + 4.0


def test_parts_belong_to_the_whole_that_calls_them() -> None:
    """What is merged into its caller leaves no code of its own behind."""

    @compiled
    def calls(x: float) -> float:
        return _parts_of_parts(x) * 2.0

    assert calls(3.0) == 85.0
    (code,) = calls.inspect_llvm().values()  # type: ignore[attr-defined]
    defined = [line for line in code.splitlines() if line.startswith("define")]
    assert defined
    assert not [line for line in defined if "_parts_of_parts" in line or "_part_" in line]
