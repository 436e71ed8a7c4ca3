"""Scenario discovery: the kinds of world in which a policy meets or fails a bound, found by PRIM or by a tree.

A box is a limit on each of a few uncertainties. Its coverage is the share of the worlds of interest that it holds, its
density the share of its worlds that are of interest (Bryant and Lempert 2010, doi 10.1016/j.techfore.2009.08.002). PRIM
is the EMA Workbench's, trees are scikit-learn's; both come with the extra `discovery`.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from schoolsim.analysis.policies import CLEAR, PolicyRuns, words
from schoolsim.analysis.run_table import AnalysisError

Method = Literal["prim", "tree"]

FEWEST_WORLDS = 20
"""Worlds below which no box is looked for."""
FEWEST_CASES = 5
"""Worlds of interest, and others, below which no box is looked for."""
MOST_BOXES = 3
LEAST_COVERAGE = 0.1
"""A further box must hold this share of the worlds of interest."""
SIGNIFICANT = 0.05
"""Quasi-p-value above which a limit may be chance."""
ANY_DENSITY = 1e-9
PEEL, FEWEST_PEELED = 0.05, 4
"""Of PRIM: the share of a box's worlds that a peel takes, and the fewest that it should take of all."""
DEPTH, LEAST_LEAF = 3, 0.05
"""Of a tree: limits on the way to a leaf, and the smallest share of the worlds in one."""
EXTRA = 'it comes with the extra "discovery": pip install "schoolsim[discovery]"'


@dataclass(frozen=True)
class Limit:
    """One uncertainty within a box.

    Args:
        name: The uncertainty.
        low: Smallest value; None where there is no limit.
        high: Largest value; None where there is none.
        levels: Of something that is no number, the levels that are in the box.
        p_low: Quasi-p-value of the lower limit, or of the levels.
        p_high: Quasi-p-value of the upper limit.
    """

    name: str
    low: float | None = None
    high: float | None = None
    levels: tuple[object, ...] | None = None
    p_low: float | None = None
    p_high: float | None = None

    def holds(self, column: pd.Series) -> np.ndarray:
        """Which values are within it."""
        if self.levels is not None:
            return column.isin(list(self.levels)).to_numpy()
        values = column.to_numpy(dtype=float)
        inside = np.ones(len(values), dtype=bool)
        if self.low is not None:
            inside &= values >= self.low
        if self.high is not None:
            inside &= values <= self.high
        return inside

    @property
    def clear(self) -> bool:
        """Whether one of its limits is unlikely to be chance."""
        return any(p is not None and p <= SIGNIFICANT for p in (self.p_low, self.p_high))

    def __str__(self) -> str:
        """In words, with how unlikely it is by chance."""
        label = words(self.name)
        if self.levels is not None:
            text = f"{label}: {' or '.join(words(self.name, level) for level in self.levels)}"
        elif self.low is not None and self.high is not None:
            text = f"{label} from {self.low:.3g} to {self.high:.3g}"
        elif self.low is not None:
            text = f"{label} at least {self.low:.3g}"
        else:
            text = f"{label} at most {self.high:.3g}"
        return text if self.clear else f"{text} (perhaps chance)"


@dataclass(frozen=True)
class Box:
    """A kind of world.

    Args:
        limits: What it is limited in.
        coverage: Share of the worlds of interest that are in it.
        density: Share of its worlds that are of interest.
        worlds: Worlds in it.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    worlds: int

    def holds(self, inputs: pd.DataFrame) -> np.ndarray:
        """Which worlds are in it, one truth value a row of `inputs`."""
        inside = np.ones(len(inputs), dtype=bool)
        for limit in self.limits:
            inside &= limit.holds(inputs[limit.name])
        return inside


@dataclass(frozen=True, eq=False)
class Discovery:
    """What was found.

    Args:
        question: What makes a world one of interest, in words.
        inputs: One row a world, a column an uncertainty.
        interest: Whether each world is of interest, in the order of `inputs`.
        unsure: Worlds so near the bound that other seeds could have put them on its other side.
        boxes: The boxes, in the order they were found; each covers what those before it left.
        trajectory: Of PRIM's first box, step by step: `coverage`, `density`, `mass` (share of worlds), `limits`.
        held_out: Coverage and density in one half of the worlds of the first box found in the other; NaN where a half
            has too few worlds of interest.
        least_density: The density that a box was to have.
    """

    question: str
    inputs: pd.DataFrame
    interest: np.ndarray
    unsure: int
    boxes: tuple[Box, ...]
    trajectory: pd.DataFrame
    held_out: tuple[float, float]
    least_density: float

    def table(self) -> pd.DataFrame:
        """One row a box and limited uncertainty: its limits, quasi-p-values, and the box's coverage and density."""
        columns = ["box", "input", "low", "high", "levels", "p_low", "p_high", "coverage", "density", "worlds"]
        return pd.DataFrame([
            {
                "box": number, "input": limit.name, "low": limit.low, "high": limit.high,
                "levels": None if limit.levels is None else ", ".join(map(str, limit.levels)), "p_low": limit.p_low,
                "p_high": limit.p_high, "coverage": box.coverage, "density": box.density, "worlds": box.worlds,
            }
            for number, box in enumerate(self.boxes, 1)
            for limit in box.limits
        ], columns=columns)  # fmt: skip

    def lines(self) -> Iterator[str]:
        """The answer in sentences."""
        cases, total = int(self.interest.sum()), len(self.interest)
        yield f"{self.question}, in {cases} of {total} worlds ({cases / total:.0%})."
        if self.unsure:
            yield (
                f"{self.unsure} of the {total} worlds are within two standard errors of the bound: with other seeds "
                "they could be on its other side."
            )
        if not self.boxes:
            yield (
                f"No kind of world was found in which this is so in {self.least_density:.0%} of cases or more: it "
                "hangs on no few limits of what varies here."
            )
            return
        for number, box in enumerate(self.boxes, 1):
            where = "; ".join(map(str, box.limits))
            lead = "This is found mostly where" if number == 1 else "Of the rest, where"
            yield (
                f"{lead} {where}: {box.density:.0%} of the {box.worlds} worlds there (density), {box.coverage:.0%} of "
                "all such worlds (coverage)."
            )
        coverage, density = self.held_out
        if density == density:
            yield (
                "Found in one half of the worlds and tried on the other, the first box has a density of "
                f"{density:.0%} and a coverage of {coverage:.0%}."
            )


def discover(
    policies: PolicyRuns,
    outcome: str,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    fails: bool = False,
    policy: Mapping[str, object] | None = None,
    against: Mapping[str, object] | None = None,
    density: float = 0.75,
    method: Method = "prim",
) -> Discovery:
    """The kinds of world in which a policy meets a bound, or fails it.

    Args:
        policies: The study's runs, by policy and world.
        outcome: The outcome; its mean over the replications of a world counts.
        at_least: The bound is met by this and more; give this or `at_most`.
        at_most: The bound is met by this and less.
        fails: Look for the worlds that fail the bound instead.
        policy: Levels of levers that name the policy; not needed where there is one only.
        against: Levels of another policy: its outcome with the same seeds is taken off, world by world.
        density: Least density of a box.
        method: `prim`, or `tree` for the leaves of a classification tree.

    Raises:
        AnalysisError: A name or level is unknown, the bound is not one, there are too few worlds, or what finds boxes
            is not installed.
    """
    if (at_least is None) == (at_most is None):
        raise AnalysisError("give one bound: at least, or at most")
    if not 0.0 < density <= 1.0:
        raise AnalysisError(f"density must be above 0 and at most 1, as 0.75; it is {density}")
    if method not in ("prim", "tree"):
        raise AnalysisError(f'the method is "prim" or "tree"; not "{method}"')
    number = policies.select(policy)
    values = policies.values(outcome)[number]
    if against is not None:
        other = policies.select(against)
        if other == number:
            raise AnalysisError("the policy and the one it is compared with are the same")
        values = values - policies.values(outcome)[other]
    by_world = values.dropna().groupby(level="world")
    means, errors = by_world.mean(), by_world.sem()
    bound = float(at_least if at_least is not None else at_most or 0.0)
    met = (means >= bound) if at_least is not None else (means <= bound)
    inputs = policies.worlds.loc[means.index].reset_index(drop=True)
    inputs = inputs[[name for name in inputs if inputs[name].nunique() > 1]]
    interest = (~met if fails else met).to_numpy(dtype=bool)
    _require_enough(inputs, interest, outcome, means)
    unsure = int((np.abs(means - bound) < CLEAR * errors.fillna(0.0)).sum())
    condition = {(True, False): "at least", (True, True): "below", (False, False): "at most", (False, True): "above"}
    told = f"{condition[at_least is not None, fails]} {bound:g}"
    found, trajectory = _find(inputs, interest, density, method)
    return Discovery(
        _question(policies, outcome, number, against, told), inputs, interest, unsure, tuple(found), trajectory,
        _held_out(inputs, interest, density, method), density,
    )  # fmt: skip


def find_boxes(
    inputs: pd.DataFrame, interest: np.ndarray, *, density: float = 0.75, method: Method = "prim"
) -> list[Box]:
    """The boxes that hold what is of interest, in any table.

    Args:
        inputs: One row a case, columns of numbers, truth values or texts.
        interest: Truth values, one a row.
        density: Least density of a box.
        method: `prim` or `tree`.
    """
    return _find(inputs, np.asarray(interest, dtype=bool), density, method)[0]


def _question(
    policies: PolicyRuns, outcome: str, number: int, against: Mapping[str, object] | None, condition: str
) -> str:
    labels = policies.labels
    policy = f" with {labels[number]}" if len(labels) > 1 else ""
    if against is None:
        return f"{words(outcome)}: {condition}{policy}"
    return f"{words(outcome)}: a difference of {condition}{policy} rather than {labels[policies.select(against)]}"


def _require_enough(inputs: pd.DataFrame, interest: np.ndarray, outcome: str, means: pd.Series[float]) -> None:
    if len(inputs) < FEWEST_WORLDS or inputs.shape[1] == 0:
        raise AnalysisError(
            f'there are {len(inputs)} worlds with a value of "{outcome}" that differ in {inputs.shape[1]} '
            f"uncertainties; a box is looked for in {FEWEST_WORLDS} worlds or more. Sample them: give "
            'uncertainties ranges and [design] kind = "lhs", or write uncertainties = "posterior"'
        )
    cases = int(interest.sum())
    if not FEWEST_CASES <= cases <= len(interest) - FEWEST_CASES:
        raise AnalysisError(
            f"the bound divides the {len(interest)} worlds into {cases} and {len(interest) - cases}: a box is looked "
            f"for where both are {FEWEST_CASES} or more. Choose another bound: values go from {means.min():.4g} to "
            f"{means.max():.4g}{_offered(means)}"
        )


def _offered(means: pd.Series[float]) -> str:
    """The middle of the values in as few digits as divide them into enough on both sides; nothing where none do."""
    for digits in range(2, 18):
        bound = f"{means.median():.{digits}g}"
        above = int((means >= float(bound)).sum())
        if FEWEST_CASES <= above <= len(means) - FEWEST_CASES:
            return f", and {above} of them are {bound} or more"
    return ""


def _find(inputs: pd.DataFrame, interest: np.ndarray, density: float, method: Method) -> tuple[list[Box], pd.DataFrame]:
    if method == "tree":
        return _tree_boxes(inputs, interest, density), _NO_TRAJECTORY
    return _prim_boxes(inputs, interest, density)


def _held_out(inputs: pd.DataFrame, interest: np.ndarray, density: float, method: Method) -> tuple[float, float]:
    """Coverage and density of the first box in the half of the worlds it was not found in, both halves together."""
    half = np.arange(len(inputs)) % 2 == 0
    inside = np.zeros(len(inputs), dtype=bool)
    for fitted in (half, ~half):
        if not FEWEST_CASES <= interest[fitted].sum() <= fitted.sum() - FEWEST_CASES:
            return float("nan"), float("nan")
        boxes, _ = _find(inputs[fitted].reset_index(drop=True), interest[fitted], density, method)
        if boxes:
            inside[~fitted] = boxes[0].holds(inputs[~fitted])
    hits = int((inside & interest).sum())
    return hits / int(interest.sum()), hits / int(inside.sum()) if inside.any() else float("nan")


_NO_TRAJECTORY = pd.DataFrame({name: pd.Series(dtype=float) for name in ("coverage", "density", "mass", "limits")})


def _prim_boxes(inputs: pd.DataFrame, interest: np.ndarray, density: float) -> tuple[list[Box], pd.DataFrame]:
    """PRIM's boxes, each found among the worlds that those before it left."""
    table = inputs.astype({name: float for name in inputs if _is_number(inputs[name])})
    boxes: list[Box] = []
    first, rest = _NO_TRAJECTORY, np.ones(len(inputs), dtype=bool)
    while len(boxes) < MOST_BOXES and (interest & rest).sum() > LEAST_COVERAGE * interest.sum():
        if interest[rest].all():
            break  # nothing is left to tell it from
        steps, limits = _peeled(table[rest].reset_index(drop=True), interest[rest], density)
        first = steps if not boxes else first
        if not limits:
            break
        box = _measured(limits, inputs, interest, rest)
        if box.coverage < LEAST_COVERAGE or box.density < density:
            break
        boxes.append(box)
        rest &= ~box.holds(inputs)
    return boxes, first


def _peeled(table: pd.DataFrame, interest: np.ndarray, density: float) -> tuple[pd.DataFrame, list[Limit]]:
    """A peeling trajectory, and the limits of its box with the best harmonic mean of coverage and density.

    The workbench's lenient objective is fair to words beside numbers, but stops where every peel lowers the density;
    the original one goes on. Both are tried, and the better box is taken.
    """
    prim = _prim()
    size = len(table)
    settings = {"peel_alpha": max(PEEL, FEWEST_PEELED / size), "mass_min": max(PEEL, FEWEST_CASES / size)}
    best, shown, limits = 0.0, _NO_TRAJECTORY, []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the workbench and its packages have to say of their own versions
        for objective in (prim.PRIMObjectiveFunctions.LENIENT1, prim.PRIMObjectiveFunctions.ORIGINAL):
            # The threshold only says whether the workbench returns a box: all are wanted, and chosen from here.
            search = prim.Prim(table, interest.astype(int), threshold=ANY_DENSITY, obj_function=objective, **settings)
            found = search.find_box()
            steps = found.peeling_trajectory
            told = steps[["coverage", "density", "mass"]].assign(limits=steps["res_dim"].astype(int))
            shown = told if shown.empty else shown
            dense = steps[(steps["density"] >= density) & (steps["res_dim"] > 0)]
            if dense.empty:
                continue
            balance = 2.0 * dense["coverage"] * dense["density"] / (dense["coverage"] + dense["density"])
            if balance.max() > best:
                best, shown = float(balance.max()), told
                limits = _limits_of(table, found.box_lims[int(balance.idxmax())], search.box_init)
    return shown, limits


def _prim() -> Any:
    """The workbench's module of PRIM.

    Raises:
        AnalysisError: It is not installed.
    """
    if importlib.util.find_spec("ema_workbench") is None:
        raise AnalysisError(f"the EMA Workbench, which finds the boxes, is not installed; {EXTRA}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import prim

    return prim


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _limits_of(inputs: pd.DataFrame, box: pd.DataFrame, whole: pd.DataFrame) -> list[Limit]:
    """The limits of a box of the workbench that are narrower than the whole space."""
    limits = []
    for name in box.columns:
        low, high = box[name]
        if isinstance(low, set):
            if low != whole[name].iloc[0]:
                known = dict.fromkeys(inputs[name])
                limits.append(Limit(name, levels=tuple(level for level in known if level in low)))
            continue
        bottom, top = whole[name]
        if low > bottom or high < top:
            limits.append(Limit(name, float(low) if low > bottom else None, float(high) if high < top else None))
    return limits


def _measured(limits: list[Limit], inputs: pd.DataFrame, interest: np.ndarray, rest: np.ndarray) -> Box:
    """The box of some limits, with coverage, density, and a quasi-p-value for each limit.

    Args:
        limits: The limits.
        inputs: All worlds.
        interest: Whether each is of interest.
        rest: The worlds that no earlier box holds: only these count, but coverage is of all worlds of interest.
    """
    limits = [_in_whole_numbers(limit, inputs[limit.name]) for limit in limits]
    inside = Box(tuple(limits), 0.0, 0.0, 0).holds(inputs) & rest
    count, hits = int(inside.sum()), int((inside & interest).sum())

    def chance(without: Limit, wider: Limit | None) -> float:
        kept = tuple(one for one in limits if one is not without) + (() if wider is None else (wider,))
        held = Box(kept, 0.0, 0.0, 0).holds(inputs) & rest
        return quasi_p(hits, count, int((held & interest).sum()), int(held.sum()))

    judged = []
    for limit in limits:
        if limit.levels is not None:
            judged.append(replace(limit, p_low=chance(limit, None)))
            continue
        low = None if limit.low is None else chance(limit, replace(limit, low=None))
        high = None if limit.high is None else chance(limit, replace(limit, high=None))
        judged.append(replace(limit, p_low=low, p_high=high))
    return Box(tuple(judged), hits / max(1, int(interest.sum())), hits / max(1, count), count)


def _in_whole_numbers(limit: Limit, column: pd.Series) -> Limit:
    """Limits of what has whole numbers only, at the last of them that is inside."""
    if limit.levels is not None or not pd.api.types.is_integer_dtype(column):
        return limit
    low, high = limit.low, limit.high
    return replace(
        limit, low=None if low is None else float(np.ceil(low)), high=None if high is None else float(np.floor(high))
    )


def quasi_p(hits: int, count: int, wider_hits: int, wider_count: int) -> float:
    """How likely a box is to be as dense as it is if one of its limits were chance (Bryant and Lempert 2010).

    Args:
        hits: Worlds of interest in the box.
        count: Worlds in it.
        wider_hits: Worlds of interest in the box without the limit.
        wider_count: Worlds in that.

    Returns:
        Probability of `hits` or more among `count` draws at the density without the limit: a one-sided binomial test.
    """
    from scipy import stats

    return float(stats.binom.sf(hits - 1, count, wider_hits / wider_count)) if wider_count else 1.0


def _tree_boxes(inputs: pd.DataFrame, interest: np.ndarray, density: float) -> list[Box]:
    """The leaves of a classification tree that are dense enough, the one that holds most of interest first."""
    if importlib.util.find_spec("sklearn") is None:
        raise AnalysisError(f"scikit-learn, which grows the tree, is not installed; {EXTRA}")
    from sklearn.tree import DecisionTreeClassifier

    coded = _coded(inputs)
    leaf = max(FEWEST_CASES, int(LEAST_LEAF * len(inputs)))
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=leaf, random_state=0)
    tree.fit(coded.to_numpy(dtype=float), interest)
    boxes = [
        _measured(limits, inputs, interest, np.ones(len(inputs), dtype=bool))
        for limits in _leaves(tree.tree_, list(coded.columns), inputs, 0, {})
        if limits
    ]
    dense = [box for box in boxes if box.density >= density and box.coverage >= LEAST_COVERAGE]
    return sorted(dense, key=lambda box: -box.coverage)[:MOST_BOXES]


def _coded(inputs: pd.DataFrame) -> pd.DataFrame:
    """Numbers as they are, a column of 0 and 1 for each level of the rest; columns are (name, level or None)."""
    columns: dict[tuple[str, object], np.ndarray] = {}
    for name in inputs:
        if _is_number(inputs[name]):
            columns[str(name), None] = inputs[name].to_numpy(dtype=float)
            continue
        for level in dict.fromkeys(inputs[name]):
            columns[str(name), level] = (inputs[name] == level).to_numpy(dtype=float)
    frame = pd.DataFrame(dict(enumerate(columns.values())))
    frame.columns = pd.Index(list(columns), tupleize_cols=False)
    return frame


def _leaves(
    tree: Any, columns: list[tuple[str, object]], inputs: pd.DataFrame, node: int, above: Mapping[str, Limit]
) -> Iterator[list[Limit]]:
    """The limits on the way to each leaf."""
    left, right = int(tree.children_left[node]), int(tree.children_right[node])
    if left == right:
        yield list(above.values())
        return
    name, level = columns[int(tree.feature[node])]
    threshold = float(tree.threshold[node])
    held = above.get(name, Limit(name))
    if level is None:
        low, high = replace(held, high=threshold), replace(held, low=threshold)
    else:
        known = held.levels if held.levels is not None else tuple(dict.fromkeys(inputs[name]))
        low = replace(held, levels=tuple(one for one in known if one != level))
        high = replace(held, levels=(level,))
    yield from _leaves(tree, columns, inputs, left, {**above, name: low})
    yield from _leaves(tree, columns, inputs, right, {**above, name: high})
