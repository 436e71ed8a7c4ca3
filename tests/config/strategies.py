"""Whole random configs, built from the catalogue and from nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from schoolsim.parameters import REGISTRY, Parameter
from schoolsim.parameters.constraints import CONSTRAINTS
from schoolsim.parameters.values import Value
from tests.config.picked import section

words = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)

#: Parameters that go with any value of any other.
FREE = sorted(set(REGISTRY) - {name for constraint in CONSTRAINTS for name in constraint.parameters})
names = st.lists(st.sampled_from(FREE), unique=True, max_size=10)


def values(spec: Parameter) -> st.SearchStrategy[Value]:
    """Every value a parameter may take."""
    if spec.kind == "flag":
        return st.booleans()
    if spec.kind == "choice":
        return st.sampled_from(spec.options)
    low, high = spec.bounds
    if spec.kind == "whole":
        return st.integers(int(low), int(high))
    # Without -0.0, which equals 0.0 but is written otherwise.
    # Nor next to 0, where there are fewer numbers between two than a range may have levels.
    return st.floats(low, high, allow_subnormal=False).map(lambda number: number + 0.0 if abs(number) > 1e-300 else 0.0)


@st.composite
def ranges(draw: st.DrawFn, spec: Parameter, *, levels: bool) -> dict[str, Value]:
    """A range of a number, with levels or without."""
    ends = draw(st.lists(values(spec), unique=True, min_size=2, max_size=2).map(sorted))
    given: dict[str, Value] = {"low": ends[0], "high": ends[1]}
    if levels:
        most = ends[1] - ends[0] + 1 if spec.kind == "whole" else 9
        given["levels"] = draw(st.integers(2, min(int(most), 9)))
    return given


@st.composite
def settings(draw: st.DrawFn, spec: Parameter, *, sampled: bool) -> Any:
    """A value, a list or a range that suits a design which samples this parameter or does not."""
    numbers = spec.kind in ("real", "whole")
    kind = draw(st.sampled_from(("value", "list", "range") if numbers else ("value", "list")))
    if kind == "value":
        return draw(values(spec))
    if kind == "list":
        return draw(st.lists(values(spec), unique=True, min_size=1, max_size=4))
    return draw(ranges(spec, levels=not sampled))


@st.composite
def linked_groups(draw: st.DrawFn, chosen: list[str]) -> list[dict[str, Any]]:
    """Up to one group of the chosen parameters; those it takes leave `chosen`."""
    roles: dict[str, list[str]] = {}
    for name in chosen:
        roles.setdefault(REGISTRY[name].role, []).append(name)
    able = [group for group in roles.values() if len(group) > 1]
    if not able or draw(st.booleans()):
        return []
    group = draw(st.sampled_from(able))[:3]
    for name in group:
        chosen.remove(name)
    row = st.tuples(*(values(REGISTRY[name]) for name in group)).map(list)
    rows = draw(st.lists(row, unique_by=tuple, min_size=1, max_size=3))
    return [{"parameters": group, "values": rows}]


@st.composite
def designs(draw: st.DrawFn) -> dict[str, Any]:
    """A design of any kind but `file`, with what its kind needs."""
    kind = draw(st.sampled_from(("grid", "lhs", "sobol", "saltelli", "morris")))
    design: dict[str, Any] = {"kind": kind}
    if kind in ("sobol", "saltelli"):
        design["points"] = 2 ** draw(st.integers(0, 12))
    elif kind == "lhs":
        design["points"] = draw(st.integers(1, 5000))
    elif kind == "morris":
        design |= {"trajectories": draw(st.integers(2, 99)), "levels": 2 * draw(st.integers(1, 9))}
    if kind != "grid":
        design["cross"] = draw(st.booleans())
    return design


@st.composite
def configs(draw: st.DrawFn) -> dict[str, Any]:
    """A whole config that is right, as data in the shape of a file."""
    chosen = draw(names)
    design = draw(designs())
    data: dict[str, Any] = {"design": design, "linked": draw(linked_groups(chosen))}
    for name in chosen:
        spec = REGISTRY[name]
        sampled = design["kind"] != "grid" and not (design.get("cross", True) and spec.role == "lever")
        data.setdefault(section(spec), {})[name] = draw(settings(spec, sampled=sampled))
    if design["kind"] != "grid":
        # Something that is certain to be sampled, whatever else was drawn.
        spec = next(
            spec
            for spec in REGISTRY.values()
            if (spec.kind, spec.role) == ("real", "uncertainty")
            and spec.name in FREE
            and not any(spec.name in group["parameters"] for group in data["linked"])
        )
        low, high = spec.bounds
        data.setdefault("uncertainties", {})[spec.name] = {"low": low, "high": high}
    years = draw(st.integers(1, 200))
    data |= draw(
        st.fixed_dictionaries(
            {"years": st.just(years)},
            optional={
                "title": words,
                "description": words,
                "sources": st.lists(words, max_size=3, unique=True),
                "burn_in_years": st.integers(0, 200),
                "seed": st.integers(0, 2**63 - 1),
                "replications": st.integers(1, 1000),
                "population": st.fixed_dictionaries({}, optional={"schools": values(REGISTRY["setting.schools"])}),
                "outcomes": st.fixed_dictionaries(
                    {},
                    optional={
                        "report": st.lists(words, max_size=3, unique=True),
                        "window": st.integers(1, years),
                        "baseline": st.just(baseline(data)),
                    },
                ),
                "figures": st.lists(
                    st.fixed_dictionaries(
                        {"kind": words},
                        optional={"by": words, "size": st.lists(st.floats(0, 9), max_size=2)},
                    ),
                    max_size=2,
                ),
            },
        )
    )
    report = data.get("outcomes", {}).get("report", [])
    if report and draw(st.booleans()):
        data["replications"] = draw(precisions(report))
    return data


def precisions(report: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Replications to a precision of the outcomes reported."""
    widths = st.floats(1e-6, 10)
    return st.fixed_dictionaries(
        {"precision": widths},
        optional={
            "max": st.integers(3, 900),
            "absolute": st.dictionaries(st.sampled_from(report), widths),
        },
    )


def baseline(data: dict[str, Any]) -> dict[str, Value]:
    """The first level of every lever that is listed."""
    listed = data.get("levers", {}).items()
    return {name: levels[0] for name, levels in listed if isinstance(levels, list)}
