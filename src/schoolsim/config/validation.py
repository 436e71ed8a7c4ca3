"""Validation of configs: single keys of a file, and keys that must fit each other across a study."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from schoolsim.config.errors import ConfigIssue, issues_from_pydantic, key_label
from schoolsim.config.names import FILE_KEYS, SECTIONS, SYNTHETIC, is_file, section_of
from schoolsim.config.positions import KeyPath
from schoolsim.config.schema import ConfigFile, Design, Evaluation, Population
from schoolsim.config.settings import Range, Setting, repeats
from schoolsim.config.source import ConfigSource
from schoolsim.parameters.catalog.setting import MOST_OF_ONE_AUTHORITY
from schoolsim.parameters.constraints import CONSTRAINTS, Factor, violated_corner
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.files import MissingFileError, display_path, folder_names, regular_file_error
from schoolsim.parameters.registry import REGISTRY, parameter
from schoolsim.parameters.timetable import as_levels, is_written_timetable, timetable
from schoolsim.parameters.values import Value, shown

_ALWAYS = frozenset({"title", "description", "sources", "base"})
VALUES_ONLY = {
    "programmes": _ALWAYS | {*SECTIONS, "expects"},
    "settings": _ALWAYS | {*SECTIONS, "population"},
    "populations": _ALWAYS | {*SECTIONS, "population"},
}
"""Keys that a file in these folders of a `configs` folder may hold; it sets values only."""

PLACE_TABLE = "schools.parquet"
"""What makes a folder a place, which stands for a file of schools."""

DATA_SUFFIXES = {"source": (".csv",), "ties": (".csv", ".graphml"), "file": (".csv", ".csv.gz", ".parquet")}
"""Endings of the names of data files, by the key that names them."""

MOST_NEIGHBOURS = 1_000
"""Files of a folder that are looked at for the nearest name."""

SAMPLED = ("lhs", "sobol", "saltelli", "morris")
_DESIGN_KEYS: dict[str, tuple[str, ...]] = {
    "grid": (),
    "lhs": ("points",),
    "sobol": ("points",),
    "saltelli": ("points",),
    "morris": ("trajectories", "levels"),
    "file": ("file",),
}
_REQUIRED_KEYS = {kind: uses[:1] for kind, uses in _DESIGN_KEYS.items()}


def file_issues(source: ConfigSource, *, must_exist: bool) -> list[ConfigIssue]:
    """Issues of one file by itself, in the order of its lines.

    Args:
        source: The file.
        must_exist: Whether a data file that it names and that is not there is an issue.
    """
    data = {key: value for key, value in source.data.items() if key != "base"}
    issues = [*_folder_issues(source), *_duplicate_issues(source)]
    reported = {issue.path for issue in issues}
    try:
        ConfigFile.model_validate(data)
    except ValidationError as error:
        issues += [issue for issue in issues_from_pydantic(error, data, ConfigFile) if issue.path not in reported]
    if must_exist:
        issues += _data_file_issues(source)
    return sorted(issues, key=lambda issue: source.line(issue.path))


def unknown_name_issues(
    study: ConfigFile,
    *,
    outcomes: Collection[str] | None,
    figures: Collection[str] | None,
) -> Iterator[ConfigIssue]:
    """Outcomes that are not measured and figures that are not drawn.

    Args:
        study: The resolved study.
        outcomes: Names of the outcomes there are; None leaves them unchecked.
        figures: Kinds of figure there are; None leaves them unchecked.
    """
    for place, name in enumerate(study.outcomes.report):
        if outcomes is not None and name not in outcomes:
            message = f"[outcomes] report: {shown(name)} is not an outcome.{did_you_mean(name, outcomes)}"
            yield ConfigIssue(("outcomes", "report", place), message)
    for place, expected in enumerate(study.expects):
        if outcomes is not None and expected.outcome not in outcomes:
            message = f"[[expects]] outcome: {shown(expected.outcome)} is not an outcome."
            yield ConfigIssue(("expects", place, "outcome"), message + did_you_mean(expected.outcome, outcomes))
    for place, figure in enumerate(study.figures):
        if figures is not None and figure.kind not in figures:
            allowed = ", ".join(shown(kind) for kind in figures)
            message = f"[[figures]] kind cannot be {shown(figure.kind)}: it must be one of {allowed}."
            hint = did_you_mean(figure.kind, figures)
            yield ConfigIssue(("figures", place, "kind"), f"{message}{hint}")


def _folder_issues(source: ConfigSource) -> Iterator[ConfigIssue]:
    """Keys and sweeps in a programme, a setting or a population that belong in a study."""
    folder = source.folder
    if source.path is None or folder.parent.name != "configs" or folder.name not in VALUES_ONLY:
        return
    allowed = VALUES_ONLY[folder.name]
    only = f"a file in {folder.name}/ sets values only"
    for key in source.data:
        if key in ConfigFile.model_fields and key not in allowed:
            yield ConfigIssue((key,), f"{key_label((key,))} belongs in a study: {only}.")
    for section in SECTIONS:
        table = source.data.get(section)
        for name, value in table.items() if isinstance(table, Mapping) else ():
            if isinstance(value, list | Mapping) and not is_written_timetable(value):
                message = f'"{name}" is swept here, which belongs in a study: {only}.'
                yield ConfigIssue((section, name), message)


def _duplicate_issues(source: ConfigSource) -> Iterator[ConfigIssue]:
    """Parameters set under two headings; reported once, where they do not belong."""
    tables = {section: source.data.get(section) for section in SECTIONS}
    holders = {key: table for key, table in tables.items() if isinstance(table, Mapping)}
    for section, table in holders.items():
        for name in table:
            spec = REGISTRY.get(name)
            home = section if spec is None else section_of(spec)
            if spec is not None and home != section and name in holders.get(home, {}):
                message = f'"{name}" is {spec.a_role} and set under [{home}] too: take it out here.'
                yield ConfigIssue((section, name), message)


def _data_file_issues(source: ConfigSource) -> Iterator[ConfigIssue]:
    """Data files that are not there, or are no files of their kind."""
    for section, key in FILE_KEYS:
        table = source.data.get(section)
        name = table.get(key) if isinstance(table, Mapping) else None
        if isinstance(name, str) and is_file(key, name):
            problem = data_file_problem(Path(name), DATA_SUFFIXES[key], also=(SYNTHETIC,) * (key == "source"))
            if problem is not None:
                yield ConfigIssue((section, key), f"[{section}] {key}: {problem}")


def data_file_problem(path: Path, suffixes: tuple[str, ...], also: tuple[str, ...] = ()) -> str | None:
    """What is wrong with a data file that a study names, as a sentence; None when it can be read.

    Nothing of its content is looked at.

    Args:
        path: The file.
        suffixes: Endings its name may have.
        also: Words the user may have meant instead of a file.
    """
    if suffixes == DATA_SUFFIXES["source"] and (path / PLACE_TABLE).is_file():
        return None
    error = regular_file_error(path)
    name = display_path(path)
    if isinstance(error, MissingFileError):
        hint = did_you_mean(path.name, [*folder_names(path.parent, MOST_NEIGHBOURS), *also])
        return f"there is no file {name}.{hint}"
    if error is not None:
        built = suffixes == DATA_SUFFIXES["source"] and path.is_dir()
        hint = f" Build a place of the files in it: schoolsim schools build {name} --out PLACE" if built else ""
        return f"{name} {error.reason}.{hint}"
    if not path.name.lower().endswith(suffixes):
        return f"{name} is no such file: its name must end in {' or '.join(suffixes)}."
    return None


def cross_field_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Issues between keys of `study`, each at the key that is best changed."""
    yield from _linked_issues(study)
    yield from _design_issues(study.design)
    yield from _world_issues(study)
    yield from _range_issues(study)
    yield from _sampling_issues(study)
    yield from _baseline_issues(study)
    yield from _precision_issues(study)
    yield from _outcome_issues(study)
    yield from _population_issues(study.population)
    yield from _expectation_issues(study)
    yield from _constraint_issues(study)
    yield from _timetable_issues(study)
    if study.evaluation is not None:
        yield from _evaluation_issues(study.evaluation, study)


def _timetable_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Years of timetables that the study never reaches."""
    settings: dict[KeyPath, tuple[str, Setting]] = {
        (section, name): (name, setting) for section in SECTIONS for name, setting in getattr(study, section).items()
    }
    for place, group in enumerate(study.linked):
        columns = zip(*group.values, strict=True)
        for name, column in zip(group.parameters, columns, strict=True):
            settings["linked", place, name] = (name, column)
    for path, (name, setting) in settings.items():
        for value in setting if isinstance(setting, tuple) else () if isinstance(setting, Range) else (setting,):
            last = max(timetable(value))
            if last >= study.years:
                where: KeyPath = path if path[0] != "linked" else path[:2]
                message = (
                    f'"{name}" changes in year {last}, which the study does not reach: it runs {study.years} years'
                )
                yield ConfigIssue(where, f"{message}, years 0 to {study.years - 1}.")
                break


def _linked_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Parameters that a linked group varies and that are set elsewhere too."""
    places: dict[str, str] = {name: f"[{section}]" for section in SECTIONS for name in getattr(study, section)}
    for place, group in enumerate(study.linked):
        for position, name in enumerate(group.parameters):
            if name in places:
                where: KeyPath = ("linked", place, "parameters", position)
                yield ConfigIssue(where, f'[[linked]] "{name}" is set in {places[name]} too: keep one.')
            places.setdefault(name, "another [[linked]]")


def _design_issues(design: Design) -> Iterator[ConfigIssue]:
    """Keys that the kind of design lacks or does not use, and numbers of points it cannot have."""
    kind = design.kind
    for key in ("points", "trajectories", "levels", "file"):
        if key in _DESIGN_KEYS[kind] or getattr(design, key) is None:
            continue
        users = " or ".join(shown(user) for user, uses in _DESIGN_KEYS.items() if key in uses)
        message = f"[design] {key} means nothing to kind = {shown(kind)}, only to {users}."
        if (kind, key) == ("grid", "levels"):
            message += " In a grid each range has its own: { low = ..., high = ..., levels = ... }."
        yield ConfigIssue(("design", key), message)
    for key in _REQUIRED_KEYS[kind]:
        if getattr(design, key) is None:
            allowed = type(design).model_fields[key].description
            message = f"[design] kind = {shown(kind)} needs {key}: it must be {allowed}."
            yield ConfigIssue(("design", "kind"), message)
    points = design.points
    if kind in ("sobol", "saltelli") and points is not None and points & (points - 1):
        lower = 1 << (points.bit_length() - 1)
        message = f"must be a power of two for kind = {shown(kind)}: {lower} or {2 * lower}."
        yield ConfigIssue(("design", "points"), f"[design] points cannot be {points}: it {message}")
    if kind == "grid" and not design.cross:
        message = "[design] cross = false means nothing to a grid, where every policy meets every"
        yield ConfigIssue(("design", "cross"), f"{message} world: take it out or sample the worlds.")


def _world_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Worlds for replications where the design has worlds of its own."""
    if study.worlds and study.design.kind != "grid":
        message = f"worlds = {shown(study.worlds)} gives replications worlds, and [design] kind = "
        message += f"{shown(study.design.kind)} has worlds of its own: keep one."
        yield ConfigIssue(("worlds",), message)


def _sampled_sections(design: Design) -> list[str]:
    """The sections whose sweeps are sampled; the others' are tried in every combination."""
    if design.kind == "grid":
        return []
    return [section for section in SECTIONS if not (design.cross and section == "levers")]


def _range_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Ranges without levels in a grid, and levels of ranges that are sampled."""
    kind = study.design.kind
    sampled = _sampled_sections(study.design)
    for section in SECTIONS:
        settings: dict[str, Setting] = getattr(study, section)
        for name, setting in settings.items():
            if not isinstance(setting, Range):
                continue
            if section not in sampled and setting.levels is None:
                yield ConfigIssue((section, name), _needs_levels(name, setting, kind))
            elif section in sampled and setting.levels is not None and kind != "file":
                message = f'"{name}" has levels, but [design] kind = {shown(kind)} samples all of'
                yield ConfigIssue((section, name, "levels"), f"{message} its range: take levels out.")


def _needs_levels(name: str, setting: Range, kind: str) -> str:
    message = f'"{name}" is a range, but '
    if kind == "grid":
        message += '[design] kind = "grid" tries listed values'
        remedy = 'sample it with [design] kind = "lhs"'
    else:
        message += "[design] cross = true lists the policies that meet every world"
        remedy = "set cross = false"
    ends = f"low = {setting.low}, high = {setting.high}"
    return f"{message}: give it levels ({{ {ends}, levels = 5 }}), list its values, or {remedy}."


def _sampling_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Sampled designs with nothing to sample, and sweeps beside a file of points."""
    design = study.design
    sweeps = [
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
    if design.kind in SAMPLED and not sweeps:
        remedy = ', use kind = "grid", or set cross = false' if design.cross else ' or use kind = "grid"'
        message = f"[design] kind = {shown(design.kind)} has nothing to sample: give an uncertainty"
        yield ConfigIssue(("design", "kind"), f"{message} a range{remedy}.")
    if design.kind == "file":
        for path, section in sweeps:
            if path[0] == "linked" and isinstance(path[1], int) and study.linked[path[1]].levels:
                continue  # the file may have a column of its name; that is seen when it is read
            subject = "[[linked]] is" if path[0] == "linked" else f'"{path[1]}" is'
            message = f'{subject} swept here, but [design] kind = "file" takes {section} from the file:'
            yield ConfigIssue(path, f"{message} make it a column there.")


def _baseline_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Baseline levels that the study does not run."""
    for name, level in study.outcomes.baseline.items():
        levels = _levels(study, name)
        if levels is not None and run_as(study, name, level) not in levels:
            run_levels = shown(levels).strip("[]")
            message = f'[outcomes] baseline sets "{name}" to {shown(level)}, which the study does'
            yield ConfigIssue(("outcomes", "baseline", name), f"{message} not run: it runs {run_levels}.")


def run_as(study: ConfigFile, name: str, level: Value) -> Value:
    """A level of a lever in the type it is run in: text where timetables are among the lever's levels."""
    return as_levels((level, *(_levels(study, name) or ())))[0]


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
    return (parameter(name).default if setting is None else setting,)


def _precision_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Precisions of no outcome, or of outcomes that are not reported, and a minimum above the maximum."""
    rule, reported = study.replications, study.outcomes.report
    if isinstance(rule, int):
        return
    if rule.min > rule.max:
        message = f'"replications" has min = {rule.min} above max = {rule.max}: raise max.'
        yield ConfigIssue(("replications", "max"), message)
    if not reported:
        message = '"replications" to a precision needs to know of what: list the outcomes under'
        yield ConfigIssue(("replications",), f'{message} [outcomes] report, such as ["progress.mean"].')
        return
    for name in rule.absolute:
        if name not in reported:
            message = f'"replications" absolute: {shown(name)} is not listed under [outcomes] report.'
            where: KeyPath = ("replications", "absolute", name)
            yield ConfigIssue(where, message + did_you_mean(name, reported))


def _expectation_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Expectations of outcomes that are not reported, and two of one outcome."""
    reported = study.outcomes.report
    for place, expected in enumerate(study.expects):
        if reported and expected.outcome not in reported:
            message = f"[[expects]] outcome: {shown(expected.outcome)} is not listed under [outcomes] report."
            yield ConfigIssue(("expects", place, "outcome"), message + did_you_mean(expected.outcome, reported))
    for place in repeats([expected.outcome for expected in study.expects]):
        yield ConfigIssue(
            ("expects", place, "outcome"), f"[[expects]] speaks of {shown(study.expects[place].outcome)} twice."
        )


def _constraint_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Constraints between parameters that the study violates at one of its points, or at a corner of its box."""
    fixed: dict[str, Value] = {name: spec.default for name, spec in REGISTRY.items()}
    factors: list[Factor] = []
    paths: dict[str, KeyPath] = {}
    for section in SECTIONS:
        settings: dict[str, Setting] = getattr(study, section)
        for name, setting in settings.items():
            paths[name] = (section, name)
            if isinstance(setting, Range):
                factors.append(Factor((name,), ((setting.low,), (setting.high,))))
            elif isinstance(setting, tuple):
                factors.append(Factor((name,), [(level,) for level in setting]))
            else:
                fixed[name] = setting
    for place, group in enumerate(study.linked):
        factors.append(Factor(group.parameters, group.values))
        paths |= dict.fromkeys(group.parameters, ("linked", place))
    swept = {name for factor in factors for name in factor.parameters}
    kind = study.design.kind
    for constraint in CONSTRAINTS:
        if kind == "file" and not set(constraint.parameters) <= set(paths):
            continue  # the file may set the others; its points are checked when it is read
        corner = violated_corner(constraint, fixed, factors)
        if corner is not None:
            path = next((paths[name] for name in reversed(constraint.parameters) if name in paths), ())
            where = f"at a {'point' if kind == 'grid' else 'corner'} of the design"
            yield ConfigIssue(path, constraint.message(corner, where if swept & set(constraint.parameters) else ""))


def _outcome_issues(study: ConfigFile) -> Iterator[ConfigIssue]:
    """Outcomes listed twice, and a window longer than the study."""
    for place in repeats(study.outcomes.report):
        message = f"[outcomes] report lists {shown(study.outcomes.report[place])} twice."
        yield ConfigIssue(("outcomes", "report", place), message)
    if study.outcomes.window > study.years:
        message = f"cannot be {study.outcomes.window}: the study runs {study.years} years."
        yield ConfigIssue(("outcomes", "window"), f"[outcomes] window {message}")


_SURVEYS_ONLY = ("pupils", "attrition", "attrition_untreated")
_BY_LOT_ONLY = ("share", "starts")


def _evaluation_issues(evaluation: Evaluation, study: ConfigFile) -> Iterator[ConfigIssue]:
    """Keys of an evaluation that mean nothing in its design, and samples that the study's runs cannot fill."""
    unused = [(key, 'data = "survey"') for key in _SURVEYS_ONLY if evaluation.data != "survey"]
    unused += [(key, 'treated = "authorities"') for key in _BY_LOT_ONLY if evaluation.treated != "authorities"]
    for key, needed in unused:
        if getattr(evaluation, key) != Evaluation.model_fields[key].default:
            yield ConfigIssue(("evaluation", key), f"[evaluation] {key} means something with {needed} only.")
    for key in ("starts", "authorities", "schools", "years"):
        for place in repeats(getattr(evaluation, key)):
            message = f"[evaluation] {key} lists {shown(getattr(evaluation, key)[place])} twice."
            yield ConfigIssue(("evaluation", key, place), message)
    for key, lowest in (("years", 1), ("starts", 0)):
        for place, year in enumerate(getattr(evaluation, key)):
            if not lowest <= year <= study.years - 1 + lowest:
                message = f"{shown(year)} is not from {lowest} to {study.years - 1 + lowest}: the study runs"
                issue = f"[evaluation] {key}: {message} {study.years} years."
                yield ConfigIssue(("evaluation", key, place), issue)
    for place, number in enumerate(evaluation.authorities):
        if number < FEWEST_AUTHORITIES[evaluation.treated]:
            message = f"{shown(number)} is too few: half are compared with half, and two are the fewest on a side."
            yield ConfigIssue(("evaluation", "authorities", place), f"[evaluation] authorities: {message}")
    if not isinstance(study.replications, int):
        message = '"replications" of an evaluation is a number: the authorities that samples are drawn from.'
        yield ConfigIssue(("replications",), message)
    elif _is_of_one_authority(study) and max(evaluation.authorities) > study.replications:
        message = f"up to {max(evaluation.authorities)} are drawn from {study.replications}, one a replication: raise"
        yield ConfigIssue(("evaluation", "authorities"), f'[evaluation] authorities: {message} "replications".')


def _is_of_one_authority(study: ConfigFile) -> bool:
    """Whether every replication has one made-up authority; what several have is known when they are drawn."""
    schools = study.population.schools or study.constants.get("setting.schools", REGISTRY["setting.schools"].default)
    return study.population.source == SYNTHETIC and isinstance(schools, int) and schools <= MOST_OF_ONE_AUTHORITY


FEWEST_AUTHORITIES = {"authorities": 4, "covered": 1, "joined": 1}
"""Authorities of the smallest sample, by who is treated: whole ones need two on either side."""


def _population_issues(population: Population) -> Iterator[ConfigIssue]:
    """Keys that the source of the population does not use."""
    if population.source == SYNTHETIC:
        if population.authority is not None:
            message = '[population] authority means nothing to source = "synthetic", only to'
            yield ConfigIssue(("population", "authority"), f"{message} a file of school data.")
        if population.ties is not None:
            message = '[population] ties means nothing to source = "synthetic", whose schools are drawn anew:'
            yield ConfigIssue(("population", "ties"), f"{message} give a file of school data, or take it out.")
    elif population.schools is not None:
        message = "[population] schools means nothing to a file of school data, only to"
        yield ConfigIssue(("population", "schools"), f'{message} source = "synthetic".')
