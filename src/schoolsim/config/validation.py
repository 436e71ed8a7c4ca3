"""Whether the parts of a study fit together: what no single key can tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schoolsim.config.errors import Fault
from schoolsim.config.names import SECTIONS, SYNTHETIC
from schoolsim.config.positions import KeyPath
from schoolsim.config.settings import Range, Setting, repeats
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import Value, shown

if TYPE_CHECKING:
    from schoolsim.config.schema import Design
    from schoolsim.config.study import ConfigFile

SAMPLED = ("lhs", "sobol", "saltelli", "morris")
_USES: dict[str, tuple[str, ...]] = {
    "grid": (),
    "lhs": ("points",),
    "sobol": ("points",),
    "saltelli": ("points",),
    "morris": ("trajectories", "levels"),
    "file": ("file",),
}
_NEEDS = {kind: uses[:1] for kind, uses in _USES.items()}


def whole_faults(study: ConfigFile) -> Iterator[Fault]:
    """Everything about `study` that does not fit, with the path it is best mended at."""
    yield from _linked_faults(study)
    yield from _design_faults(study.design)
    yield from _range_faults(study)
    yield from _sampling_faults(study)
    yield from _baseline_faults(study)
    yield from _precision_faults(study)
    yield from _number_faults(study)
    yield from _expectation_faults(study)


def _linked_faults(study: ConfigFile) -> Iterator[Fault]:
    seen: dict[str, str] = {name: f"[{section}]" for section in SECTIONS for name in getattr(study, section)}
    for place, group in enumerate(study.linked):
        for position, name in enumerate(group.parameters):
            if name in seen:
                where: KeyPath = ("linked", place, "parameters", position)
                yield Fault(where, f'[[linked]] "{name}" is set in {seen[name]} too: keep one.')
            seen.setdefault(name, "another [[linked]]")


def _design_faults(design: Design) -> Iterator[Fault]:
    kind = design.kind
    for key in ("points", "trajectories", "levels", "file"):
        if key in _USES[kind] or getattr(design, key) is None:
            continue
        users = " or ".join(shown(other) for other, uses in _USES.items() if key in uses)
        message = f"[design] {key} means nothing to kind = {shown(kind)}, only to {users}."
        if (kind, key) == ("grid", "levels"):
            message += " In a grid each range has its own: { low = ..., high = ..., levels = ... }."
        yield Fault(("design", key), message)
    for key in _NEEDS[kind]:
        if getattr(design, key) is None:
            allowed = type(design).model_fields[key].description
            message = f"[design] kind = {shown(kind)} needs {key}: it must be {allowed}."
            yield Fault(("design", "kind"), message)
    points = design.points
    if kind in ("sobol", "saltelli") and points is not None and points & (points - 1):
        lower = 1 << (points.bit_length() - 1)
        message = f"must be a power of two for kind = {shown(kind)}: {lower} or {2 * lower}."
        yield Fault(("design", "points"), f"[design] points cannot be {points}: it {message}")
    if kind == "grid" and not design.cross:
        message = "[design] cross = false means nothing to a grid, where every policy meets every"
        yield Fault(("design", "cross"), f"{message} world: take it out or sample the worlds.")


def _sampled_sections(design: Design) -> list[str]:
    """The sections whose sweeps are sampled; the others' are tried in every combination."""
    if design.kind == "grid":
        return []
    return [section for section in SECTIONS if not (design.cross and section == "levers")]


def _range_faults(study: ConfigFile) -> Iterator[Fault]:
    """Ranges without levels where levels are tried, and levels where a range is sampled."""
    kind = study.design.kind
    sampled = _sampled_sections(study.design)
    for section in SECTIONS:
        settings: dict[str, Setting] = getattr(study, section)
        for name, setting in settings.items():
            if not isinstance(setting, Range):
                continue
            if section not in sampled and setting.levels is None:
                yield Fault((section, name), _needs_levels(name, setting, kind))
            elif section in sampled and setting.levels is not None and kind != "file":
                message = f'"{name}" has levels, but [design] kind = {shown(kind)} samples all of'
                yield Fault((section, name, "levels"), f"{message} its range: take levels out.")


def _needs_levels(name: str, setting: Range, kind: str) -> str:
    message = f'"{name}" is a range, but '
    if kind == "grid":
        message += '[design] kind = "grid" tries listed values'
        other = 'sample it with [design] kind = "lhs"'
    else:
        message += "[design] cross = true lists the policies that meet every world"
        other = "set cross = false"
    ends = f"low = {setting.low}, high = {setting.high}"
    return f"{message}: give it levels ({{ {ends}, levels = 5 }}), list its values, or {other}."


def _sampling_faults(study: ConfigFile) -> Iterator[Fault]:
    """A sampled design with nothing to sample, and sweeps that a file of points rules out."""
    design = study.design
    varying = [
        ((section, name), section)
        for section in _sampled_sections(design)
        for name, setting in getattr(study, section).items()
        if isinstance(setting, tuple | Range)
    ] + [
        (("linked", place), section)
        for place, group in enumerate(study.linked)
        for section in _sampled_sections(design)
        if SECTIONS[section] == group.role
    ]
    if design.kind in SAMPLED and not varying:
        other = ', use kind = "grid", or set cross = false' if design.cross else ' or use kind = "grid"'
        message = f"[design] kind = {shown(design.kind)} has nothing to sample: give an uncertainty"
        yield Fault(("design", "kind"), f"{message} a range{other}.")
    if design.kind == "file":
        for path, section in varying:
            what = "[[linked]] is" if path[0] == "linked" else f'"{path[1]}" is'
            message = f'{what} swept here, but [design] kind = "file" takes {section} from the file:'
            yield Fault(path, f"{message} make it a column there.")


def _baseline_faults(study: ConfigFile) -> Iterator[Fault]:
    for name, level in study.outcomes.baseline.items():
        levels = _levels(study, name)
        if levels is not None and level not in levels:
            said = ", ".join(shown(known) for known in levels)
            message = f'[outcomes] baseline sets "{name}" to {shown(level)}, which the study does'
            yield Fault(("outcomes", "baseline", name), f"{message} not run: it runs {said}.")


def _levels(study: ConfigFile, name: str) -> tuple[Value, ...] | None:
    """The levels of a lever that the study runs, or None when they cannot be listed."""
    for group in study.linked:
        if name in group.parameters:
            column = group.parameters.index(name)
            return tuple(dict.fromkeys(row[column] for row in group.values))
    setting = study.levers.get(name)
    if isinstance(setting, Range):
        return setting.values() if setting.levels is not None else None
    if isinstance(setting, tuple):
        return setting
    if study.design.kind == "file" and setting is None:
        return None
    return (REGISTRY[name].default if setting is None else setting,)


def _precision_faults(study: ConfigFile) -> Iterator[Fault]:
    """Replications to a precision: of which outcomes, and between which numbers."""
    rule, reported = study.replications, study.outcomes.report
    if isinstance(rule, int):
        return
    if rule.min > rule.max:
        message = f'"replications" has min = {rule.min} above max = {rule.max}: raise max.'
        yield Fault(("replications", "max"), message)
    if not reported:
        message = '"replications" to a precision needs to know of what: list the outcomes under'
        yield Fault(("replications",), f'{message} [outcomes] report, such as ["progress.mean"].')
        return
    for name in rule.absolute:
        if name not in reported:
            message = f'"replications" absolute: "{name}" is not listed under [outcomes] report.'
            where: KeyPath = ("replications", "absolute", name)
            yield Fault(where, message + did_you_mean(name, reported))


def _expectation_faults(study: ConfigFile) -> Iterator[Fault]:
    """Expectations of what the study does not report, and two of one outcome."""
    reported = study.outcomes.report
    for place, expected in enumerate(study.expects):
        if reported and expected.outcome not in reported:
            message = f'[[expects]] outcome: "{expected.outcome}" is not listed under [outcomes] report.'
            yield Fault(("expects", place, "outcome"), message + did_you_mean(expected.outcome, reported))
    for place in repeats([expected.outcome for expected in study.expects]):
        yield Fault(("expects", place, "outcome"), f'[[expects]] speaks of "{study.expects[place].outcome}" twice.')


def _number_faults(study: ConfigFile) -> Iterator[Fault]:
    for place in repeats(study.outcomes.report):
        message = f"[outcomes] report lists {shown(study.outcomes.report[place])} twice."
        yield Fault(("outcomes", "report", place), message)
    if study.outcomes.window > study.years:
        message = f"cannot be {study.outcomes.window}: the study runs {study.years} years."
        yield Fault(("outcomes", "window"), f"[outcomes] window {message}")
    people = study.population
    if people.source == SYNTHETIC:
        if people.authority is not None:
            message = '[population] authority means nothing to source = "synthetic", only to'
            yield Fault(("population", "authority"), f"{message} a file of school data.")
    elif people.schools is not None:
        message = "[population] schools means nothing to a file of school data, only to"
        yield Fault(("population", "schools"), f'{message} source = "synthetic".')
