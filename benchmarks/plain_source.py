"""The model's own source, written over for plain objects.

Compiled code is held to a small language (`schoolsim.columns`): it reads and writes cells of columns, and asks for
their lengths. That is why a program of objects can be made of it line by line, which has the same rules and phases as
the model whenever it is made, and nothing of columns, NumPy or Numba:

- a column's cell is an attribute of its row's object, `state.schools.tone[school]` becomes
  `state.schools[school].tone`, and a row of several cells is a list;
- a local array is a list;
- a draw is the next number of Mesa's generator or, if asked for, the model's own draw, to show that both programs are
  one.
"""

from __future__ import annotations

import ast
import inspect
import random
import sys
import textwrap
from collections.abc import Callable, Sequence
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, Final

import numpy as np

from schoolsim.columns import Group
from schoolsim.system.phases import PHASES
from schoolsim.system.programmes.in_force import put_in_force
from schoolsim.system.state.schema import State

#: Packages whose functions are written over; what they import from elsewhere is taken as it is.
WRITTEN_OVER: Final = ("schoolsim.system.", "schoolsim.rules.")
_KINDS: Final = {kind.__name__: kind for kind in State.groups.values()}
_SORTS: Final = ("in_order", "in_reverse_order")
_GENERATORS: Final = {"uniform": "_uniform", "normal": "_normal"}


class View:
    """One attribute of every object of a list, for the functions that take a whole column."""

    def __init__(self, rows: list[Any], name: str) -> None:
        """Take the objects, and the attribute's name."""
        self.rows, self.name = rows, name

    def __len__(self) -> int:
        """Objects."""
        return len(self.rows)

    def __getitem__(self, row: int) -> Any:
        """The attribute of one object."""
        return getattr(self.rows[row], self.name)

    def __setitem__(self, row: int, value: Any) -> None:
        """Set the attribute of one object."""
        setattr(self.rows[row], self.name, value)

    def any(self) -> bool:
        """Whether it is anything but 0 in one of them."""
        return any(getattr(one, self.name) for one in self.rows)


def _fill(cells: Any, value: float) -> None:
    for place in range(len(cells)):
        if hasattr(cells[place], "__len__"):
            _fill(cells[place], value)
        else:
            cells[place] = value


def _differing(values: Sequence[Any], others: Sequence[Any]) -> list[int]:
    return [place for place, (value, other) in enumerate(zip(values, others, strict=True)) if value != other]


def _take(values: Sequence[Any], places: Sequence[int]) -> list[Any]:
    return [values[place] for place in places]


def _shape(cells: Any) -> tuple[int, ...]:
    return (len(cells), *_shape(cells[0])) if hasattr(cells, "__len__") else ()


def _listed(value: float, shape: int | tuple[int, ...]) -> list[Any]:
    if isinstance(shape, tuple):
        return [_listed(value, shape[1:] if len(shape) > 2 else shape[1]) for _ in range(shape[0])]
    return [value] * shape


def _zeros(shape: int | tuple[int, ...], dtype: object = None) -> list[Any]:
    return _listed(0 if dtype is np.int64 else 0.0, shape)


def _full(shape: int, value: float, dtype: object = None) -> list[Any]:
    return _listed(value, shape)


def _argmax(values: list[Any]) -> int:
    return values.index(max(values))


def _same(value: float) -> float:
    return value


#: What stands for NumPy's functions where local arrays are lists.
_LISTS: Final = SimpleNamespace(
    zeros=_zeros, empty=_zeros, full=_full, arange=lambda *ends: list(range(*ends)), sum=sum, max=max, argmax=_argmax,
    float32=_same, int64=int, float64=float, bool_=bool, inf=float("inf"), nan=float("nan"), ndarray=object,
)  # fmt: skip


class ForObjects(ast.NodeTransformer):
    """Writes one function over."""

    def __init__(self, function: ast.FunctionDef, exact: bool) -> None:
        """Take the function, and whether draws stay the model's."""
        self.exact = exact
        self.groups: dict[str, type[Group] | None] = {}  # local name of a group's list, and its class if it is known
        self.columns: dict[str, str] = {}  # local name that stands for a column: the column's name
        self.orders: set[str] = set()  # local names of places in an order
        for argument in function.args.args:
            kind = ast.unparse(argument.annotation) if argument.annotation else ""
            if kind in _KINDS or kind == "Any":
                self.groups[argument.arg] = _KINDS.get(kind)

    def _group(self, node: ast.expr) -> tuple[bool, type[Group] | None]:
        if isinstance(node, ast.Name) and node.id in self.groups:
            return True, self.groups[node.id]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "state":
            return True, State.groups[node.attr]
        return False, None

    def _column(self, node: ast.expr) -> tuple[ast.expr, str] | None:
        """The list of objects and the attribute that an expression for a whole column means."""
        if isinstance(node, ast.Name) and node.id in self.columns:
            return node, self.columns[node.id]
        if isinstance(node, ast.Attribute):
            found, kind = self._group(node.value)
            known = kind is None or node.attr in kind.layout
            if found and known and node.attr not in ("rows", "width"):
                return node.value, node.attr
        return None

    def _rows(self, column: tuple[ast.expr, str]) -> Any:
        return column[0] if isinstance(column[0], ast.Name) else self.visit(column[0])

    def visit_Assign(self, node: ast.Assign) -> Any:
        """Note what local names stand for; fill where a whole array is assigned to."""
        if len(node.targets) > 1:  # a = b = 0
            return self.generic_visit(node)
        (target,) = node.targets
        if isinstance(target, ast.Subscript) and _is_everything(target.slice):
            return ast.Expr(_call("_fill", self.visit(target.value), self.visit(node.value)))
        pairs: list[tuple[ast.expr, ast.expr]] = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=True))
        values = []
        for name, value in pairs:
            column = self._column(value)
            found, kind = self._group(value)
            if isinstance(name, ast.Name) and column is not None and not isinstance(value, ast.Name):
                self.columns[name.id] = column[1]
                values.append(self.visit(column[0]))
            else:
                if isinstance(name, ast.Name) and found:
                    self.groups[name.id] = kind
                if isinstance(name, ast.Name) and _is_order(value):
                    self.orders.add(name.id)
                values.append(self.visit(value))
        node.targets = [self.visit(target)]
        node.value = ast.Tuple(values, ast.Load()) if len(values) > 1 else values[0]
        return node

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        """A cell of a column is an attribute, a cell of a local array that of a list."""
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            cells, axis = node.value.value, ast.literal_eval(node.slice)
            column = self._column(cells)
            if column is not None:
                rows, name = self._rows(column), column[1]
                return _call("len", rows) if axis == 0 else _call("len", _attribute(_item(rows, ast.Constant(0)), name))
            return _call("len", self.visit(cells) if axis == 0 else _item(self.visit(cells), ast.Constant(0)))
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if _is_order(node.slice) or (isinstance(node.slice, ast.Name) and node.slice.id in self.orders):
            return _call("_take", self.visit(node.value), self.visit(node.slice))
        places = [self.visit(part) for part in parts]
        column = self._column(node.value)
        if column is None:
            found = self.visit(node.value)
        else:
            found = _attribute(_item(self._rows(column), places.pop(0)), column[1])
        for place in places:
            found = _item(found, place)
        found.ctx = node.ctx
        return found

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        """`group.rows` is the length of a list; a whole column is a view."""
        found, _ = self._group(node.value)
        if found and node.attr == "rows":
            return _call("len", self.visit(node.value))
        if found and node.attr == "width":
            return _call("_width", self.visit(node.value))
        column = self._column(node)
        if column is not None:
            return _call("View", self.visit(column[0]), ast.Constant(column[1]))
        if node.attr == "shape":
            return _call("_shape", self.visit(node.value))
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> Any:
        """The name of a column, on its own, is a view."""
        if isinstance(node.ctx, ast.Load) and node.id in self.columns:
            return _call("View", ast.Name(node.id, ast.Load()), ast.Constant(self.columns[node.id]))
        return node

    def visit_Call(self, node: ast.Call) -> Any:
        """A draw is the generator's next number: what it is for is not even worked out."""
        called = node.func
        if not self.exact and isinstance(called, ast.Attribute) and ast.unparse(called.value) == "draws":
            if called.attr in _GENERATORS:
                return _call(_GENERATORS[called.attr])
            if called.attr == "pair":
                return ast.Constant(0)
        if ast.unparse(called) == "np.flatnonzero" and isinstance(node.args[0], ast.Compare):
            return _call("_differing", self.visit(node.args[0].left), *map(self.visit, node.args[0].comparators))
        return self.generic_visit(node)


def _is_everything(part: ast.expr) -> bool:
    parts = part.elts if isinstance(part, ast.Tuple) else [part]
    return all(isinstance(one, ast.Slice) and one.lower is one.upper is None for one in parts)


def _is_order(node: ast.expr) -> bool:
    called = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(called, ast.Call) and isinstance(called.func, ast.Name) and called.func.id in _SORTS


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def _item(of: ast.expr, place: ast.expr) -> ast.Subscript:
    return ast.Subscript(of, place, ast.Load())


def _attribute(of: ast.expr, name: str) -> ast.Attribute:
    return ast.Attribute(of, name, ast.Load())


class Program:
    """The model's phases, written over.

    Args:
        exact: Draw what the model draws and round where it rounds: the same run, to show that the programs are one.
            Else numbers are Python's own, and `use` says whose generator draws.
    """

    def __init__(self, *, exact: bool) -> None:
        """Write over every function that a phase calls."""
        self.exact = exact
        self._rooms: dict[str, dict[str, Any]] = {}
        self.phases = tuple((name, self._function(phase)) for name, phase in PHASES)
        self.put_in_force = self._function(put_in_force)

    def use(self, generator: random.Random) -> None:
        """Draw from this generator from now on."""
        for names in self._rooms.values():
            names.update(_uniform=generator.random, _normal=lambda: generator.gauss(0.0, 1.0))

    def _function(self, function: Callable[..., Any]) -> Callable[..., Any]:
        plain = _plain(function)
        written: Callable[..., Any] = self._room(plain.__module__)[plain.__name__]
        return written

    def _room(self, name: str) -> dict[str, Any]:
        """The names of a module, its functions written over."""
        if name in self._rooms:
            return self._rooms[name]
        module = sys.modules[name]
        names = self._rooms[name] = dict(vars(module))
        names |= {one.__name__: one for one in (View, _differing, _fill, _shape, _take, _width)}
        names |= {} if self.exact else {"np": _LISTS}
        own = []
        for word, value in vars(module).items():
            if isinstance(value, ModuleType) and f"{value.__name__}.".startswith(WRITTEN_OVER):
                names[word] = SimpleNamespace(**self._room(value.__name__))
            plain = _plain(value)
            if isinstance(plain, FunctionType) and plain.__module__.startswith(WRITTEN_OVER):
                if plain.__module__ == name:
                    own.append(plain)
                else:
                    names[word] = self._function(plain)
        for plain in own:
            exec(self._written(plain), names)  # puts the new function into `names`
        names.update(_INSTEAD)
        return names

    def _written(self, function: FunctionType) -> Any:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        (defined,) = (node for node in tree.body if isinstance(node, ast.FunctionDef))
        defined.decorator_list = []
        ForObjects(defined, self.exact).visit(defined)
        return compile(ast.fix_missing_locations(tree), f"<objects: {function.__module__}>", "exec")


def _plain(function: Any) -> Any:
    """The Python function that a compiled one was made of."""
    return getattr(function, "py_func", function)


def _width(rows: list[Any]) -> int:
    return next(len(value) for value in vars(rows[0]).values() if hasattr(value, "__len__"))


def _reserve_gains(state: Any, number: int) -> None:
    used = state.run[0].gains
    if len(state.gains) < used + number:
        state.gains += [state.kinds["gains"]() for _ in range(2 * (used + number) - len(state.gains))]


#: Functions that compiled code does not call, and that handle whole columns.
_INSTEAD: Final = {"reserve_gains": _reserve_gains}
