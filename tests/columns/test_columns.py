"""Columns lie where they say, and Python and compiled code see the same ones."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import pytest
from numba import njit, typeof
from numba.core.errors import NumbaError, TypingError

from schoolsim.columns import WIDTH, Float32Array, Float64Array, Group, Int64Array, Record, Table, in_row
from schoolsim.jit import compiled
from schoolsim.parameters import Scenario
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, Schools, State, Ties
from tests.system.worlds import PROGRAMME, World, digest, made_table


class Rooms(Group):
    """One of each kind of column."""

    shapes: ClassVar = {"axes": 3, "cells": WIDTH, "marks": WIDTH}
    number: Int64Array
    tone: Float64Array
    axes: Float64Array
    cells: Float32Array
    marks: Int64Array
    warmth: Float64Array


class Doors(Group):
    """Another group."""

    open: Int64Array


class House(Table):
    """Two groups."""

    rooms: Rooms
    doors: Doors


class Rent(Record):
    """Two numbers."""

    fields: ClassVar = {"pounds": "f8", "months": "i8"}


def rooms(rows: int = 4, width: int = 2) -> Rooms:
    """Cells that all differ."""
    made = Rooms(rows, width)
    for place, name in enumerate(Rooms.layout):
        column = getattr(made, name)
        column[:] = 100 * place + np.arange(column.size).reshape(column.shape)
    return made


def house() -> House:
    made = House(rooms=rooms(), doors=Doors(3))
    made.doors.open[:] = (0, 1, 0)
    return made


@compiled
def _works(state: House, rent: Rent, row: int) -> float:
    """Reads and writes every kind of column."""
    rooms, doors = state.rooms, state.doors
    total = 0.0
    for other in range(rooms.rows):
        total += rooms.tone[other] * rooms.number[other]
        rooms.tone[other] += rent.pounds
    for cell in range(rooms.width):
        total += rooms.cells[row, cell]
        rooms.marks[row, cell] = rent.months
    axes = rooms.axes[row]
    for axis in range(axes.shape[0]):
        axes[axis] *= 2.0
    rooms.axes[0, -1] = 7.0
    rooms.warmth[-1] = total
    doors.open[row] += 1
    return total + rooms.cells.shape[0] + rooms.cells.shape[1] + rooms.tone.shape[0]


@compiled
def _count(state: House) -> int:
    return state.doors.rows


@compiled
def _tone_of(group: Rooms, row: int) -> float:
    return group.tone[row]


# --- layout -----------------------------------------------------------------------------------------


def test_columns_lie_one_after_the_other_and_are_contiguous() -> None:
    """In the order they are named, each whole, in one block."""
    group, end = rooms(5, 4), 0
    formats = {"number": "i8", "tone": "f8", "axes": "f8", "cells": "f4", "marks": "i8", "warmth": "f8"}
    cells = {"axes": 3, "cells": 4, "marks": 4}
    for name, form in formats.items():
        column = getattr(group, name)
        assert column.dtype == np.dtype(form), name
        assert column.shape == ((5, cells[name]) if name in cells else (5,)), name
        assert column.flags.c_contiguous, name
        assert column.ctypes.data == group.block.ctypes.data + end, name
        end += column.nbytes
    assert end == group.block.nbytes
    assert len(group) == group.rows == 5
    assert group.width == 4


def test_new_columns_are_zero() -> None:
    group = Rooms(3, 2)
    assert not group.block.any()


@pytest.mark.parametrize(("rows", "width"), [(0, 0), (0, 3), (3, 0)])
def test_a_group_without_cells_has_columns_all_the_same(rows: int, width: int) -> None:
    group = Rooms(rows, width)
    assert group.cells.shape == (rows, width)
    assert group.tone.shape == (rows,)
    state = House(rooms=group, doors=Doors(0))
    assert _count(state) == 0


def test_every_column_of_the_state_has_room_of_its_own() -> None:
    """No two columns of a group share a byte, whatever its width."""
    for group in State.groups.values():
        made = group(3, 5)
        for place, name in enumerate(group.layout, start=1):
            getattr(made, name)[:] = place
        for place, name in enumerate(group.layout, start=1):
            assert np.all(getattr(made, name) == place), (group.__name__, name)


# --- Python and compiled code ---------------------------------------------------------------------


def test_compiled_code_sees_what_python_sees() -> None:
    """The same function compiled and as plain Python: the same result, and the same bytes left behind."""
    rent = Rent((2.5, 9))
    one, other = house(), house()
    assert _works(one, rent, 1) == _works.py_func(other, rent, 1)  # type: ignore[attr-defined]
    for name in House.groups:
        assert getattr(one, name).block.tobytes() == getattr(other, name).block.tobytes()
    assert one.doors.open.tolist() == [0, 2, 0]
    assert one.rooms.marks[1].tolist() == [9, 9]
    assert one.rooms.axes[1].tolist() == [2 * 203.0, 2 * 204.0, 2 * 205.0]
    assert one.rooms.axes[0, 2] == 7.0


def test_what_python_writes_compiled_code_reads() -> None:
    group = rooms()
    group.tone[2] = 0.25
    assert _tone_of(group, 2) == _tone_of(group, -2) == 0.25


@pytest.mark.parametrize("name", ["tone", "axes", "brand_new"])
def test_a_column_cannot_be_put_out_of_its_place(name: str) -> None:
    """Compiled code would go on reading the old one."""
    group = rooms()
    before = group.block.tobytes()
    with pytest.raises(AttributeError, match=rf"rooms\.{name}\[:\] = "):
        setattr(group, name, np.zeros(4))
    assert group.block.tobytes() == before
    assert _tone_of(group, 1) == group.tone[1]


def test_a_table_takes_a_larger_group_and_compiled_code_sees_it() -> None:
    state = house()
    assert _count(state) == 3
    state.doors = Doors(50)
    assert _count(state) == 50
    _works(state, Rent((0.0, 1)), 2)
    assert state.doors.open[2] == 1


@pytest.mark.parametrize(("name", "value"), [("doors", Rooms(1, 1)), ("doors", np.zeros(3)), ("roof", Doors(1))])
def test_a_table_takes_nothing_else(name: str, value: object) -> None:
    state = house()
    with pytest.raises(TypeError, match=rf"House\.{name} cannot be a"):
        setattr(state, name, value)


@pytest.mark.parametrize(
    ("groups", "wrong"),
    [
        ({"rooms": Rooms(1)}, "doors"),
        ({"rooms": Rooms(1), "doors": Doors(1), "roof": Doors(1)}, "roof"),
        ({"rooms": Doors(1), "doors": Doors(1)}, "rooms"),
    ],
)
def test_a_table_is_made_of_its_groups(groups: dict[str, Group], wrong: str) -> None:
    with pytest.raises(TypeError, match=f"House: .*{wrong}"):
        House(**groups)


def test_a_states_tables_grow_in_the_middle_of_a_run() -> None:
    """As when a table of ties fills up: what is put in its place is what the next half-term reads and writes."""
    plain, grown = (World(made_table(4), PROGRAMME, 4).begun() for _ in range(2))
    for simulation in (plain, grown):
        simulation.run(1)
    old = grown.state.ties
    larger = Ties(2 * old.rows)
    for name in Ties.layout:
        getattr(larger, name)[: old.rows] = getattr(old, name)
    grown.state.ties = larger
    for simulation in (plain, grown):
        simulation.run(1)
    # The rows more are all free, so the run is the same one.
    assert np.array_equal(larger.trust_ab[: old.rows], plain.state.ties.trust_ab)
    assert not np.array_equal(old.trust_ab, larger.trust_ab[: old.rows])
    for name, values in plain.series.items():
        np.testing.assert_array_equal(values, grown.series[name], err_msg=name)


# --- records ----------------------------------------------------------------------------------------


@compiled
def _rent(rent: Rent) -> float:
    return rent.pounds * rent.months


def test_a_record_holds_numbers_of_its_own_kinds() -> None:
    rent = Rent((True, 3.0))
    assert (rent.pounds, rent.months) == (1.0, 3)
    assert type(rent.pounds) is float
    assert type(rent.months) is int
    assert _rent(Rent((2.5, 4))) == 10.0


def test_a_record_does_not_change() -> None:
    rent = Rent((2.5, 4))
    with pytest.raises(AttributeError, match="Rent does not change"):
        rent.pounds = 3.0
    assert _rent(rent) == rent.pounds * rent.months == 10.0


def test_a_record_takes_a_number_for_each_field() -> None:
    with pytest.raises(ValueError, match="zip"):
        Rent((2.5,))


# --- pickling and copying ---------------------------------------------------------------------------


@pytest.mark.parametrize("way", [lambda part: pickle.loads(pickle.dumps(part)), copy.deepcopy])
def test_what_is_pickled_or_copied_is_a_thing_of_its_own(way: Callable[[Any], Any]) -> None:
    state, rent = house(), Rent((2.5, 9))
    before = {name: getattr(state, name).block.tobytes() for name in House.groups}
    other = way(state)
    assert {name: getattr(other, name).block.tobytes() for name in House.groups} == before
    assert _works(other, way(rent), 1) == _works(house(), rent, 1)
    assert other.rooms.tone[0] == state.rooms.tone[0] + 2.5
    assert {name: getattr(state, name).block.tobytes() for name in House.groups} == before


def test_a_state_goes_on_in_another_place_as_it_would_have_here() -> None:
    here = World(made_table(4), PROGRAMME, 4).run(1)
    there = pickle.loads(pickle.dumps(here.state)), pickle.loads(pickle.dumps(here.parameters))
    elsewhere = World(made_table(4), PROGRAMME, 4).run(1)
    elsewhere.state, elsewhere.parameters = there
    here.run(1)
    elsewhere.run(1)
    assert digest(here) == digest(elsewhere)


# --- one type for good ------------------------------------------------------------------------------


def test_types_are_one_object_whatever_the_size_and_values() -> None:
    """Numba would otherwise compare structures at every call, and might compile anew."""
    assert typeof(Schools(3)) is typeof(Schools(70)) is Schools._numba_type_
    one, other = (Scenario.of(values).as_one() for values in ({}, {"trust.change": 0.5, "badging.scope": "collective"}))
    assert typeof(one) is typeof(other) is Parameters._numba_type_
    states = [World(made_table(seed, 12), {}, seed).begun().state for seed in (1, 2)]
    assert typeof(states[0]) is typeof(states[1]) is typeof(pickle.loads(pickle.dumps(states[0])))
    assert typeof(Clock((1, 2))) is typeof(Clock((3, -4)))


def test_each_class_has_a_type_of_its_own() -> None:
    types = [typeof(group(1, 1)) for group in (Rooms, Doors, *State.groups.values())]
    assert len(set(types)) == len(types)


# --- mistakes ---------------------------------------------------------------------------------------


def _no_such_column(state: House) -> float:
    return state.rooms.tonne[0]


def _no_such_group(state: House) -> float:
    return state.roms.tone[0]


def _no_such_parameter(p: Parameters) -> float:
    return p.trust_chnage


@pytest.mark.parametrize(
    ("function", "argument", "names"),
    [
        (_no_such_column, house(), ("'tonne'", "Rooms")),
        (_no_such_group, house(), ("'roms'", "House")),
        (_no_such_parameter, Scenario.of().as_one(), ("'trust_chnage'", "Parameters")),
    ],
)
def test_an_unknown_name_is_a_short_error(
    function: Callable[..., Any], argument: object, names: tuple[str, ...]
) -> None:
    """It names what is wrong, and not the several hundred names there are."""
    with pytest.raises(TypingError) as raised:
        compiled(function)(argument)
    message = str(raised.value)
    for name in names:
        assert name in message
    assert len(message) < 1_500
    with pytest.raises(AttributeError, match=names[0].strip("'")):
        function(argument)


def _slices(group: Rooms) -> float:
    return group.tone[1:3][0]


def _adds_columns(group: Rooms) -> float:
    return (group.tone + group.warmth)[0]


def _puts_a_column(group: Rooms) -> float:
    group.tone = group.warmth
    return group.tone[0]


def _puts_a_row(group: Rooms) -> float:
    group.axes[0] = 1.0
    return group.axes[0, 0]


@pytest.mark.parametrize("function", [_slices, _adds_columns, _puts_a_column, _puts_a_row])
def test_whole_columns_are_not_for_compiled_code(function: Callable[..., Any]) -> None:
    with pytest.raises((TypingError, NotImplementedError)):
        compiled(function)(rooms())


def _returns_a_column(group: Rooms) -> Float64Array:
    return group.tone


def test_no_column_gets_out_of_compiled_code() -> None:
    """It would outlive what it points into."""
    with pytest.raises((NumbaError, TypeError, NotImplementedError)):
        compiled(_returns_a_column)(rooms())


# --- other people's functions -----------------------------------------------------------------------


def test_a_function_that_a_user_compiles_takes_a_state_and_calls_ours() -> None:
    @njit
    def theirs(state: House, row: int) -> float:
        return 2.0 * _tone_of(state.rooms, row) + state.doors.open[row]

    state = house()
    assert theirs(state, 1) == 2.0 * state.rooms.tone[1] + 1.0


class Rents(Record):
    fields: ClassVar = {"rent": "f8", "floor": "i8"}


def test_records_side_by_side_are_read_from_any_of_them() -> None:
    first = Rents.rows_of([(1.5, 1), (2.5, 2), (3.5, 3)])

    @njit
    def read(record: Rents, row: int) -> tuple[float, int, int]:
        there = in_row(record, row)
        return there.rent, there.floor, in_row(there, 0).floor

    for start in first.siblings:
        for row, (rent, floor) in enumerate([(1.5, 1), (2.5, 2), (3.5, 3)]):
            assert read(start, row) == (rent, floor, 1)
            assert in_row(start, row).rent == rent
    again = pickle.loads(pickle.dumps(first.siblings[2]))
    assert (again.row, again.rent, in_row(again, 0).rent) == (2, 3.5, 1.5)


def test_stores_beside_a_record_in_a_row_are_not_taken_for_dead() -> None:
    """Were `in_row` inlined by Numba, what is stored into columns in the same function would be dropped."""
    first, doors = Rents.rows_of([(1.0, 1), (2.0, 2)]), Doors(3)

    @njit
    def open_all(doors: Doors, record: Rents) -> None:
        for door in range(doors.rows):
            doors.open[door] = in_row(record, 1).floor

    open_all(doors, first)
    assert doors.open.tolist() == [2, 2, 2]
