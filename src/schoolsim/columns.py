"""Groups of columns: NumPy arrays in Python, contiguous columns in compiled code.

A group is a class whose annotations are its columns:

    class Ties(Group):
        alive: Int64Array
        trust_ab: Float64Array

`Ties(rows)` keeps all of them in one block, each column contiguous. In Python `ties.trust_ab` is a NumPy array that
shares the block; in compiled code it is a pointer and a length, which costs nothing to pass, counts no references and
compiles to plain loads and stores. A `Table` holds several groups and is passed as one pointer; a `Record` holds
numbers with names, such as the parameters of a run.

Compiled code may read and write elements, take a row of a two-dimensional column, and ask for `shape`, `group.rows`
and `group.width`; anything else (slices, whole-column arithmetic) does not compile. A column cannot be returned to
Python, so none outlives its block. Only what
Numba documents for extensions is used; `_numba_type_` is how a class tells Numba its type.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self, TypeVar, get_type_hints

import numpy as np
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import (
    NativeValue,
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr,
    lower_getattr_generic,
    models,
    overload,
    register_model,
    unbox,
)
from numpy.typing import NDArray

Int64Array = NDArray[np.int64]
Float64Array = NDArray[np.float64]
Float32Array = NDArray[np.float32]
#: A column of any kind, for what does not care.
AnyArray = NDArray[Any]

RecordT = TypeVar("RecordT", bound="Record")

#: In `Group.shapes`: the column has `width` cells a row, which is told when the group is made.
WIDTH: Final = -1

_FORMATS: Final[Mapping[Any, str]] = {Int64Array: "i8", Float64Array: "f8", Float32Array: "f4"}
_SCALARS: Final = {"i8": types.int64, "f8": types.float64, "f4": types.float32}


@dataclass(frozen=True)
class Layout:
    """Where a column lies in its group's block.

    Args:
        format: "i8", "f8" or "f4".
        cells: Cells a row: 1, a fixed number, or `WIDTH`.
        two_dimensional: Whether it is indexed by row and cell.
        fixed: Bytes before it for each row.
        by_width: Bytes before it for each row and unit of width.
    """

    format: str
    cells: int
    two_dimensional: bool
    fixed: int
    by_width: int

    @property
    def size(self) -> int:
        """Bytes a cell."""
        return int(self.format[1])


class Group:
    """Columns of equal length; subclasses name them, and give the cells a row of those that have several.

    Args:
        rows: Length of every column.
        width: Cells a row of the columns whose shape is `WIDTH`.
    """

    shapes: ClassVar[Mapping[str, int]] = {}
    layout: ClassVar[Mapping[str, Layout]] = {}
    _numba_type_: ClassVar[GroupType]

    rows: int
    width: int
    block: NDArray[np.uint8]
    address: int

    def __init_subclass__(cls) -> None:
        """Lay out the columns of a subclass, and make the one type by which compiled code knows it."""
        cls.layout = _laid_out(cls)
        cls._numba_type_ = GroupType(cls)

    def __init__(self, rows: int, width: int = 0) -> None:
        """Make the columns, all zero."""
        last = list(self.layout.values())[-1]
        cells = width if last.cells == WIDTH else last.cells
        size = rows * (last.fixed + last.by_width * width + last.size * cells)
        self._take(np.zeros(max(8, size), dtype=np.uint8), rows, width)

    def _take(self, block: NDArray[np.uint8], rows: int, width: int) -> None:
        head = np.array([block.ctypes.data, rows, width], dtype=np.int64)
        own = {"block": block, "rows": rows, "width": width, "head": head, "address": int(head.ctypes.data)}
        for name, column in self.layout.items():
            cells = width if column.cells == WIDTH else column.cells
            begin = rows * (column.fixed + column.by_width * width)
            view = block[begin : begin + rows * cells * column.size].view(column.format)
            own[name] = view.reshape(rows, cells) if column.two_dimensional else view
        self.__dict__.update(own)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to put another array in a column's place, which compiled code would never see.

        Raises:
            AttributeError: Always: write `group.column[:] = value`.
        """
        raise AttributeError(f"write into the column instead: {type(self).__name__.lower()}.{name}[:] = ...")

    def __len__(self) -> int:
        """Rows."""
        return self.rows

    def __getstate__(self) -> tuple[NDArray[np.uint8], int, int]:
        """The block and its shape."""
        return self.block, self.rows, self.width

    def __setstate__(self, state: tuple[NDArray[np.uint8], int, int]) -> None:
        """Take the block, and point at it anew."""
        self._take(*state)


class Table:
    """Several groups, passed to compiled code as one pointer; subclasses name them by annotations.

    Args:
        groups: One of each annotated group, by name.
    """

    _numba_type_: ClassVar[TableType]
    groups: ClassVar[Mapping[str, type[Group]]] = {}

    address: int

    def __init_subclass__(cls) -> None:
        """Note the groups of a subclass, in order."""
        hints = get_type_hints(cls)
        cls.groups = {name: hints[name] for name in cls.__annotations__}
        cls._numba_type_ = TableType(cls)

    def __init__(self, **groups: Group) -> None:
        """Take the groups.

        Raises:
            TypeError: One is missing, unknown or of another class.
        """
        wrong = set(groups) ^ set(self.groups)
        wrong |= {name for name, group in groups.items() if type(group) is not self.groups.get(name)}
        if wrong:
            raise TypeError(f"{type(self).__name__}: missing, unknown or of another class: {', '.join(sorted(wrong))}")
        self.__dict__.update(groups)
        self._point()

    def _point(self) -> None:
        heads = np.array([self.__dict__[name].head for name in self.groups], dtype=np.int64)
        self.__dict__.update(heads=heads, address=int(heads.ctypes.data))

    def __setattr__(self, name: str, value: object) -> None:
        """Put a larger group in the place of one, as when a table of ties grows.

        Raises:
            TypeError: It is of another class, or there is no group of that name.
        """
        if name not in self.groups or type(value) is not self.groups[name]:
            raise TypeError(f"{type(self).__name__}.{name} cannot be a {type(value).__name__}")
        self.__dict__[name] = value
        self._point()

    def __getstate__(self) -> dict[str, Group]:
        """The groups."""
        return {name: self.__dict__[name] for name in self.groups}

    def __setstate__(self, state: dict[str, Group]) -> None:
        """Take the groups, and point at them anew."""
        self.__dict__.update(state)
        self._point()


class Record:
    """Numbers with names, eight bytes each; subclasses give `fields`, name to "i8" or "f8", in order.

    Several records of a class may lie side by side (`Record.rows_of`): `in_row(record, 2)` is the third of those that
    `record` is one of, at the cost of an addition.

    Args:
        values: One number a field, in order.
    """

    fields: ClassVar[Mapping[str, str]] = {}
    _numba_type_: ClassVar[RecordType]

    address: int
    row: int
    siblings: tuple[Self, ...]

    def __init_subclass__(cls) -> None:
        """Make the one type by which compiled code knows a subclass."""
        cls._numba_type_ = RecordType(cls)

    def __init__(self, values: tuple[Any, ...]) -> None:
        """Take the values, each in its field's own type."""
        self._take(values, np.empty(1 + len(self.fields), dtype=np.int64), 0)
        self.__dict__["siblings"] = (self,)

    @classmethod
    def rows_of(cls, rows: Sequence[tuple[Any, ...]]) -> Self:
        """Records side by side, one for each of `rows`; the first of them."""
        size = 1 + len(cls.fields)
        cells = np.empty(size * len(rows), dtype=np.int64)
        made = []
        for row, values in enumerate(rows):
            record = cls.__new__(cls)
            record._take(values, cells[size * row : size * (row + 1)], row)
            made.append(record)
        for record in made:
            record.__dict__["siblings"] = tuple(made)
        return made[0]

    def _take(self, values: tuple[Any, ...], cells: Int64Array, row: int) -> None:
        taken = {
            name: float(value) if form == "f8" else int(value)
            for (name, form), value in zip(self.fields.items(), values, strict=True)
        }
        cells[0] = row
        for place, (value, form) in enumerate(zip(taken.values(), self.fields.values(), strict=True), start=1):
            cells[place : place + 1].view(form)[0] = value
        self.__dict__.update(taken, cells=cells, address=int(cells.ctypes.data), row=row)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a record does not change.

        Raises:
            AttributeError: Always.
        """
        raise AttributeError(f"{type(self).__name__} does not change; make another one")

    def __getattr__(self, name: str) -> Any:
        """Only reached where there is no such field.

        Raises:
            AttributeError: Always.
        """
        raise AttributeError(f"{type(self).__name__} has no field {name!r}")

    @property
    def values(self) -> tuple[Any, ...]:
        """The numbers, in the order of the fields."""
        return tuple(self.__dict__[name] for name in self.fields)

    def __reduce__(self) -> tuple[Any, ...]:
        """All that lie side by side, and which of them this is."""
        return _restored, (type(self), tuple(record.values for record in self.siblings), self.row)


def _restored(kind: type[Record], rows: tuple[tuple[Any, ...], ...], row: int) -> Record:
    return kind.rows_of(rows).siblings[row]


def in_row(record: RecordT, row: int) -> RecordT:
    """The record in a row of those that `record` lies among.

    Args:
        record: One of them.
        row: From 0.
    """
    return record.siblings[row]


def _laid_out(group: type[Group]) -> dict[str, Layout]:
    hints = get_type_hints(group)
    found: dict[str, Layout] = {}
    fixed = by_width = 0
    for name in group.__annotations__:
        form = _FORMATS.get(hints[name])
        if form is None:
            continue
        cells = group.shapes.get(name, 1)
        found[name] = Layout(form, cells, name in group.shapes, fixed, by_width)
        size = int(form[1])
        fixed, by_width = (fixed, by_width + size) if cells == WIDTH else (fixed + size * cells, by_width)
    return found


# --- types of compiled code --------------------------------------------------------------------


def _full_name(kind: type) -> str:
    """What tells two types apart, and can be read in an error message."""
    return f"{kind.__module__.removeprefix('schoolsim.')}.{kind.__qualname__}"


class ColumnType(types.Type):
    """A column in compiled code: where it begins, rows, and cells a row."""

    def __init__(self, dtype: types.Type, ndim: int) -> None:
        """Take the type of a cell, and 1 or 2 dimensions."""
        self.dtype, self.ndim = dtype, ndim
        super().__init__(name=f"Column({dtype}, {ndim}d)")


class GroupType(types.Type):
    """A group in compiled code."""

    def __init__(self, group: type[Group]) -> None:
        """Take the class."""
        self.group = group
        super().__init__(name=_full_name(group))


class TableType(types.Type):
    """A table in compiled code: a pointer to where its groups lie."""

    def __init__(self, table: type[Table]) -> None:
        """Take the class."""
        self.table = table
        super().__init__(name=_full_name(table))


class RecordType(types.Type):
    """A record in compiled code: a pointer to its numbers."""

    def __init__(self, record: type[Record]) -> None:
        """Take the class."""
        self.record = record
        super().__init__(name=_full_name(record))


_HEAD: Final = [("data", types.voidptr), ("rows", types.intp), ("width", types.intp)]


@register_model(ColumnType)
class _ColumnModel(models.StructModel):
    def __init__(self, manager: Any, of: ColumnType) -> None:
        members = [("data", types.CPointer(of.dtype)), ("rows", types.intp), ("width", types.intp)]
        super().__init__(manager, of, members[: of.ndim + 1])


@register_model(GroupType)
class _GroupModel(models.StructModel):
    def __init__(self, manager: Any, of: GroupType) -> None:
        super().__init__(manager, of, _HEAD)


@register_model(TableType)
@register_model(RecordType)
class _PointerModel(models.StructModel):
    def __init__(self, manager: Any, of: types.Type) -> None:
        super().__init__(manager, of, [("data", types.CPointer(types.int64))])


@unbox(GroupType)
def _unbox_group(typ: GroupType, instance: Any, c: Any) -> NativeValue:
    head = _address(instance, c)
    group = cgutils.create_struct_proxy(typ)(c.context, c.builder)
    _read_head(c.context, c.builder, group, c.builder.bitcast(head, _words(c.context)), 0)
    return NativeValue(group._getvalue(), is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@unbox(TableType)
@unbox(RecordType)
def _unbox_pointer(typ: types.Type, instance: Any, c: Any) -> NativeValue:
    pointer = cgutils.create_struct_proxy(typ)(c.context, c.builder)
    pointer.data = c.builder.bitcast(_address(instance, c), _words(c.context))
    return NativeValue(pointer._getvalue(), is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


def _address(instance: Any, c: Any) -> Any:
    number = c.pyapi.object_getattr_string(instance, "address")
    found = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return found


def _words(context: Any) -> Any:
    return context.get_value_type(types.CPointer(types.int64))


def _read_head(context: Any, builder: Any, group: Any, words: Any, first: int) -> None:
    place = context.get_value_type(types.intp)
    data, rows, width = (builder.load(builder.gep(words, [place(first + word)])) for word in range(3))
    group.data = builder.inttoptr(data, context.get_value_type(types.voidptr))
    group.rows, group.width = rows, width


@infer_getattr
class _GroupAttributes(AttributeTemplate):
    key = GroupType

    def generic_resolve(self, typ: Any, attr: str) -> Any:  # type: ignore[override]  # Numba's own signature is untyped
        if attr in ("rows", "width"):
            return types.intp
        column = typ.group.layout.get(attr)
        return None if column is None else ColumnType(_SCALARS[column.format], 1 + column.two_dimensional)


@lower_getattr_generic(GroupType)
def _get_column(context: Any, builder: Any, typ: GroupType, value: Any, attr: str) -> Any:
    group = cgutils.create_struct_proxy(typ)(context, builder, value=value)
    if attr in ("rows", "width"):
        return getattr(group, attr)
    column = typ.group.layout[attr]
    place = context.get_value_type(types.intp)
    a_row = place(column.fixed)
    if column.by_width:
        a_row = builder.add(a_row, builder.mul(place(column.by_width), group.width))
    found = cgutils.create_struct_proxy(ColumnType(_SCALARS[column.format], 1 + column.two_dimensional))(
        context, builder
    )
    begin = builder.gep(group.data, [builder.mul(group.rows, a_row)])
    found.data = builder.bitcast(begin, found.data.type)
    found.rows = group.rows
    if column.two_dimensional:
        found.width = group.width if column.cells == WIDTH else place(column.cells)
    return found._getvalue()


@infer_getattr
class _TableAttributes(AttributeTemplate):
    key = TableType

    def generic_resolve(self, typ: Any, attr: str) -> Any:  # type: ignore[override]  # Numba's own signature is untyped
        group = typ.table.groups.get(attr)
        return None if group is None else group._numba_type_


@lower_getattr_generic(TableType)
def _get_group(context: Any, builder: Any, typ: TableType, value: Any, attr: str) -> Any:
    table = cgutils.create_struct_proxy(typ)(context, builder, value=value)
    group = cgutils.create_struct_proxy(typ.table.groups[attr]._numba_type_)(context, builder)
    _read_head(context, builder, group, table.data, 3 * list(typ.table.groups).index(attr))
    return group._getvalue()


@infer_getattr
class _RecordAttributes(AttributeTemplate):
    key = RecordType

    def generic_resolve(self, typ: Any, attr: str) -> Any:  # type: ignore[override]  # Numba's own signature is untyped
        if attr == "row":
            return types.int64
        form = typ.record.fields.get(attr)
        return None if form is None else _SCALARS[form]


@lower_getattr_generic(RecordType)
def _get_field(context: Any, builder: Any, typ: RecordType, value: Any, attr: str) -> Any:
    record = cgutils.create_struct_proxy(typ)(context, builder, value=value)
    place = context.get_value_type(types.intp)
    if attr == "row":
        return builder.load(record.data)
    cell = builder.gep(record.data, [place(1 + list(typ.record.fields).index(attr))])
    kind = context.get_value_type(types.CPointer(_SCALARS[typ.record.fields[attr]]))
    return builder.load(builder.bitcast(cell, kind))


@intrinsic
def _record_in_row(typingctx: Any, record: Any, row: Any) -> Any:
    """The pointer moved by as many records as lie between the two rows."""

    def move(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        held = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0])
        place = context.get_value_type(types.intp)
        apart = builder.sub(args[1], builder.load(held.data))
        held.data = builder.gep(held.data, [builder.mul(apart, place(1 + len(sig.args[0].record.fields)))])
        return held._getvalue()

    return signature(record, record, types.intp), move


# Not inlined by Numba, which would then take stores into columns for dead code; LLVM inlines it all the same.
@overload(in_row)
def _in_row(record: Any, row: Any) -> Any:
    if not isinstance(record, RecordType):
        return None

    def moved(record: Any, row: Any) -> Any:
        return _record_in_row(record, row)  # type: ignore[call-arg]  # Numba fills in the first

    return moved


@infer_getattr
class _ColumnAttributes(AttributeTemplate):
    key = ColumnType

    def resolve_shape(self, typ: ColumnType) -> types.Type:
        return types.UniTuple(types.intp, typ.ndim)


@lower_getattr(ColumnType, "shape")
def _get_shape(context: Any, builder: Any, typ: ColumnType, value: Any) -> Any:
    column = cgutils.create_struct_proxy(typ)(context, builder, value=value)
    lengths = [column.rows] if typ.ndim == 1 else [column.rows, column.width]
    return cgutils.pack_array(builder, lengths)


def _index(index: Any, ndim: int) -> types.Type | None:
    """The type an index is cast to, or None where it is no index."""
    if isinstance(index, types.Integer):
        return types.intp
    pairs = isinstance(index, types.BaseTuple) and len(index) == 2 and ndim == 2
    if pairs and all(isinstance(part, types.Integer) for part in index):
        return types.UniTuple(types.intp, 2)
    return None


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        column, index = args
        cast = _index(index, column.ndim) if isinstance(column, ColumnType) else None
        if cast is None:
            return None
        row = column.ndim == 2 and cast == types.intp
        return signature(ColumnType(column.dtype, 1) if row else column.dtype, column, cast)


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        column, index, _ = args
        cast = _index(index, column.ndim) if isinstance(column, ColumnType) else None
        if cast is None or (column.ndim == 2 and cast == types.intp):
            return None
        return signature(types.none, column, cast, column.dtype)


def _counted_from_the_end(builder: Any, index: Any, length: Any) -> Any:
    """An index as Python counts it: -1 is the last."""
    behind = builder.icmp_signed("<", index, index.type(0))
    return builder.select(behind, builder.add(index, length), index)


def _cell(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Pointer to the cell (or the row) that `args` = column, index, ... mean."""
    column = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0])
    if sig.args[0].ndim == 1:
        return builder.gep(column.data, [_counted_from_the_end(builder, args[1], column.rows)])
    if sig.args[1] == types.intp:
        row, cell = args[1], context.get_value_type(types.intp)(0)
    else:
        row, cell = cgutils.unpack_tuple(builder, args[1], 2)
        cell = _counted_from_the_end(builder, cell, column.width)
    row = _counted_from_the_end(builder, row, column.rows)
    return builder.gep(column.data, [builder.add(builder.mul(row, column.width), cell)])


@lower_builtin(operator.getitem, ColumnType, types.Any)
def _lower_getitem(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    found = _cell(context, builder, sig, args)
    if not isinstance(sig.return_type, ColumnType):
        return builder.load(found)
    row = cgutils.create_struct_proxy(sig.return_type)(context, builder)
    row.data = found
    row.rows = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0]).width
    return row._getvalue()


@lower_builtin(operator.setitem, ColumnType, types.Any, types.Any)
def _lower_setitem(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    builder.store(args[2], _cell(context, builder, sig, args))
    return context.get_dummy_value()
