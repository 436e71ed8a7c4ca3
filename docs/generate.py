"""Write the generated parts of the documents from the code: `python docs/generate.py` (or `make docs`)."""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from explanation_figures import entities_figure, half_term_figure, modes_figure, partnership_figure
from measure_partnership import STORED as PARTNERSHIP
from model_text import initialisation, schedule, state_variables, submodels
from reference_text import TEXTS, table

from schoolsim.cli.commands.show import GRADES as MEANINGS
from schoolsim.config import list_configs, load_config
from schoolsim.evaluations.evaluating import PARTS, Evaluation
from schoolsim.evidence.page import evidence_markdown
from schoolsim.figures.evaluation import evaluation_caption, evaluation_figure
from schoolsim.figures.magnitudes import magnitudes_figure
from schoolsim.figures.save import save_figure
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.outcome import TIME_BASES
from schoolsim.parameters import REGISTRY, parameter_rows
from schoolsim.parameters.declare import GRADES
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.values import shown

ROOT = Path(__file__).parent.parent
COVERAGE = ROOT / "docs" / "coverage.toml"
MOVED = ROOT / "docs" / "measured" / "assumptions.csv"
MEASURED = ROOT / "docs" / "measured"
EVALUATIONS = MEASURED / "evaluations.csv"
FIGURES = ROOT / "docs" / "figures"
DRAWN = "schools_that_joined"  # the evaluation design whose figure is on its page
REALISM = ("**off**", "near", "as in the data")
SEVERAL = 2  # real numbers from which their own range is taken
ALIKE = 0.1  # share by which one real number is given a range
NEAR = 1.5  # factor within which a simulated number is near
PLACE_NUMBERS = {
    "shares.correlation": "secondary schools' shares of pupils, correlation with the real ones",
    "shares.moved": "share of pupils who would have to move back",
    "results.correlation": "results, correlation with the real ones",
}
LEAST_SHOWN = 0.005  # percentage points of a part of a bias
MUCH = 1.0  # size of a movement, in standard deviations between replications, from which a number matters


def parameters() -> str:
    """Every parameter, by subject."""
    parts = []
    rows = parameter_rows()
    for role, title in (("lever", "Levers"), ("uncertainty", "Uncertainties"), ("constant", "Constants")):
        chosen = [
            (
                f"`{row.name}`" if row.role == "constant" else f"{REGISTRY[row.name].label} (`{row.name}`)",
                row.meaning,
                row.unit,
                row.range,
                row.default,
                f"{row.source} ({row.grade})",
                row.mechanisms,
            )
            for row in rows
            if row.role == role
        ]
        header = ("parameter", "meaning", "unit", "range", "default", "source (grade)", "mechanisms")
        parts.append(f"### {title}\n\n{table(header, chosen)}")
    return "\n\n".join(parts)


def mechanisms() -> str:
    """Every mechanism with its switch."""
    rows = [
        (
            m.id,
            m.title,
            m.source,
            f"`mechanism.{m.word}`",
            ", ".join(f"`{name}` = {value}" for name, value in m.neutral.items()),
        )
        for m in MECHANISMS.values()
    ]
    return table(("id", "mechanism", "source", "switch", "neutral values"), rows)


def outcomes() -> str:
    """Every outcome."""
    return table(
        ("outcome", "unit", "definition", "a run's number"),
        [(f"{o.label} (`{o.name}`)", o.unit, o.definition, TIME_BASES[o.over]) for o in OUTCOMES.values()],
    )


def programmes() -> str:
    """Every programme with the levers it sets."""
    rows = []
    for entry in list_configs("programmes"):
        config = load_config(entry.name)
        levers = ", ".join(f"`{name}` = {shown(value)}" for name, value in config.levers.items())
        rows.append((f"`{entry.name}`", config.title, levers))
    return table(("config", "programme", "levers it sets"), rows)


def settings() -> str:
    """Every setting with what it sets."""
    rows = [
        (
            f"`{entry.name}`",
            config.title,
            ", ".join(f"`{name}` = {shown(value)}" for name, value in config.fixed().items()),
        )
        for entry in list_configs("settings")
        for config in (load_config(entry.name),)
    ]
    return table(("config", "setting", "what it sets"), rows)


def recommendations() -> str:
    """Every recommendation's study, with what differs between its two policies."""
    rows = []
    for entry in list_configs("studies"):
        if "/recommendations/" in entry.name:
            config = load_config(entry.name)
            rows.append((f"`{entry.name}`", config.title, ", ".join(f"`{name}`" for name in config.axes())))
    return table(("study", "recommendation", "levers compared"), rows)


def coverage() -> str:
    """Where everything the model must hold can be found."""
    parts = []
    rows = tomllib.loads(COVERAGE.read_text(encoding="utf-8"))["rows"]
    titles = {entry.name: entry.title for entry in list_configs()}
    for kind in dict.fromkeys(row["kind"] for row in rows):
        chosen = []
        for row in rows:
            if row["kind"] == kind:
                what = row["what"] or titles[row["config"][0]]
                cells = [
                    "<br>".join(f"`{cell.strip('`')}`" for cell in row[key])
                    for key in ("code", "config", "odd", "test")
                ]
                chosen.append((row["id"], what, *cells))
        title = f"### {kind.capitalize()}s ({len(chosen)})"
        parts.append(f"{title}\n\n{table(('id', 'what', 'code', 'config', 'in the ODD', 'test'), chosen)}")
    return "\n\n".join(parts)


@dataclass(frozen=True)
class Moved:
    """The largest movement that a wrong value of a parameter was seen to make."""

    parameter: str
    instead: str
    world: str
    outcome: str
    change: float
    size: float


def _largest() -> list[Moved]:
    """One entry a parameter, the one that moves most first."""
    largest: dict[str, Moved] = {}
    with MOVED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            size = float(row["size"] or 0.0)
            entry = Moved(
                row["parameter"], f"{float(row['instead']):g}", row["world"], row["outcome"],
                float(row["change"] or 0.0), size,
            )  # fmt: skip
            if row["parameter"] not in largest or size > largest[row["parameter"]].size:
                largest[row["parameter"]] = entry
    return sorted(largest.values(), key=lambda one: (-one.size, one.parameter))


def assumptions() -> str:
    """Numbers that no published source gives, those that move results most first."""
    rows = {row.name: row for row in parameter_rows()}
    moved = [one for one in _largest() if one.parameter in rows]
    much = [one for one in moved if one.size >= MUCH]
    little = [one for one in moved if 0.0 < one.size < MUCH]
    nothing = [one for one in moved if one.size == 0.0]
    lines = [
        (
            f"`{one.parameter}`", rows[one.parameter].meaning,
            f"{rows[one.parameter].default} {rows[one.parameter].unit}",
            rows[one.parameter].grade, f"at {one.instead} ({one.world}): {_named(one)}", f"{one.size:.1f}",
        )
        for one in much
    ]  # fmt: skip
    parts = [
        f"### Numbers that matter ({len(much)})",
        table(("parameter", "meaning", "value", "grade", "if it is wrong", "size"), lines),
        f"### Numbers that matter little ({len(little)})\n\n"
        + "; ".join(f"`{one.parameter}` ({_named(one)} at {one.instead})" for one in little) + ".",
        f"### Nothing seen ({len(nothing)})\n\n" + ", ".join(f"`{one.parameter}`" for one in nothing) + ".",
        _not_measured({one.parameter for one in moved}),
    ]  # fmt: skip
    return "\n\n".join(parts)


def _not_measured(measured: set[str]) -> str:
    """Numbers that are no levers and were not doubted, as a source gives them; and which would have been idle."""
    names = [
        spec.name
        for spec in REGISTRY.values()
        if spec.kind in ("real", "whole") and spec.role != "lever" and spec.name not in measured
    ]
    of_trusts = [name for name in names if name.startswith("academies.")]
    return (
        f"### Not measured ({len(names)})\n\nThe report states these numbers, or they are published or derived from "
        f"published figures: {', '.join(f'`{name}`' for name in names)}.\n\nOf these, "
        f"{' and '.join(f'`{name}`' for name in of_trusts)} would have moved nothing in either system: schools change "
        "trust only where given ties say that there are trusts, and neither system is given any."
    )


def _named(one: Moved) -> str:
    outcome = OUTCOMES[one.outcome]
    return f"{outcome.label.lower()} {one.change:+.2g} {outcome.unit}"


def grades() -> str:
    """How many parameters rest on what."""
    told = {grade: [spec for spec in REGISTRY.values() if spec.grade == grade] for grade in GRADES}
    return table(
        ("grade", "meaning", "parameters", "of these levers"),
        [
            (grade, MEANINGS[grade], str(len(specs)), str(sum(spec.role == "lever" for spec in specs)))
            for grade, specs in told.items()
        ],
    )


def evidence() -> str:
    """What the model was held against, from the stored tables."""
    return evidence_markdown(ROOT / "docs" / "evidence")


def plausibility() -> str:
    """What a headteacher would say, from the stored table: what fails first."""
    with (ROOT / "docs" / "evidence" / "plausibility.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    verdicts = {row["row"]: row["row_verdict"] for row in rows}
    count = ", ".join(
        f"**{list(verdicts.values()).count(word)} {word}**" for word in ("absurd", "strained", "plausible")
    )
    lines = [
        (
            row["row"], row["says"], row["number"], f"{float(row['mean']):.3g}",
            f"{float(row['low']):.3g} to {float(row['high']):.3g}",
            f"{float(row['plausible_low']):.3g} to {float(row['plausible_high']):.3g}",
            row["verdict"] if row["verdict"] == "plausible" else f"**{row['verdict']}**",
            f"{row['source']} ({row['grade']})",
        )
        for row in rows
    ]  # fmt: skip
    header = ("", "a headteacher says", "number", "mean", "5% to 95% of seeds", "plausible", "verdict", "from")
    return f"Of {len(verdicts)} rows: {count}.\n\n{table(header, lines)}"


def living() -> str:
    """What was found in the first form of the model, and what it is now, from the stored table."""
    with (ROOT / "docs" / "measured" / "living.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (row["found"], row["number"], row["now"], f"`{row['command']}`" if row["command"] else "")
            for row in csv.DictReader(file)
        ]
    return table(("what was found", "the number that says it", "now", "one run of it"), rows)


def realism() -> str:
    """What is simulated beside what is known of real schools: what is off first."""
    given = tomllib.loads((MEASURED / "realism.toml").read_text(encoding="utf-8"))
    simulated, facts = (pd.read_csv(MEASURED / f"{name}.csv", index_col="id") for name in ("realism", "realism_facts"))
    rows = []
    for row in given["rows"]:
        fact = facts.loc[row["fact"]] if "fact" in row else None
        low, high = row["real"] if fact is None else (fact["low"], fact["high"])
        if fact is not None and fact["n"] < SEVERAL:
            low, high = sorted(fact["mean"] * share for share in (1 - ALIKE, 1 + ALIKE))
        own = simulated.loc[row["simulated"]]
        place = _place_of(float(own["mean"]), low, high)
        shown = f"{low:.2f} to {high:.2f}" if fact is None or fact["n"] >= SEVERAL else f"{fact['mean']:.2f}"
        rows.append((
            place, REALISM[place], row["subject"], row["what"], f"{own['mean']:.2f}",
            f"{own['low']:.2f} to {own['high']:.2f}", shown, given["sources"][row["source"]],
        ))  # fmt: skip
    rows.sort(key=lambda row: row[0])
    counts = [sum(row[0] == place for row in rows) for place in range(len(REALISM))]
    said = f"Of {len(rows)} numbers {counts[0]} are off, {counts[1]} near, {counts[2]} as in the data."
    header = ("", "of", "number", "simulated", "90% of seeds", "real", "real number from")
    return f"{said}\n\n{table(header, [row[1:] for row in rows])}"


def _place_of(mean: float, low: float, high: float) -> int:
    """0 off, 1 near, 2 as in the data."""
    if low <= mean <= high:
        return 2
    edges = sorted(edge * factor for edge in (low, high) for factor in (1 / NEAR, NEAR))
    return int(edges[0] <= mean <= edges[-1])


def realism_places() -> str:
    """How far real authorities drift in the model from what they were."""
    measured = pd.read_csv(MEASURED / "realism_places.csv", index_col="id")
    rows = []
    for place in dict.fromkeys(str(name).partition(".")[0] for name in measured.index):
        cells = [f"{measured.loc[f'{place}.{name}', 'mean']:.2f}" for name in PLACE_NUMBERS]
        rows.append((place.replace("_", " ").capitalize(), *cells))
    return table(("authority", *PLACE_NUMBERS.values()), rows)


def evaluations() -> str:
    """What the shipped evaluation designs would find, the largest sample of each at its last year."""
    measured, rows = pd.read_csv(EVALUATIONS), []
    for entry in list_configs("evaluations"):
        name = entry.name.rpartition("/")[2]
        row = measured[measured["design"] == name].iloc[-1]
        rows.append((
            f"`{name}`: {entry.title}",
            f"{row['authorities']:.0f} of {'all' if row['schools'] == 0 else int(row['schools'])}, {row['years']:.0f}",
            f"{row['effect']:+.2f}", f"{row['estimate']:+.2f}",
            f"{row['bias']:+.2f} ({row['bias_low']:+.2f} to {row['bias_high']:+.2f})",
            ", ".join(f"{part} {row[part]:+.2f}" for part in PARTS if abs(row[part]) >= LEAST_SHOWN),
            f"{row['power']:.0%} ({row['power_low']:.0%} to {row['power_high']:.0%})", f"{row['wrong_sign']:.0%}",
            f"{row['false_alarms']:.0%}",
        ))  # fmt: skip
    header = (
        "design", "authorities of schools, years", "effect, pp", "estimate", "bias", "made up of", "power",
        "wrong sign", "false alarms",
    )  # fmt: skip
    return table(header, rows)


def stories() -> str:
    """One partnership, school, teacher, broker and network through three years, as they were told."""
    return (ROOT / "docs" / "measured" / "stories.md").read_text(encoding="utf-8").rstrip()


def reliability() -> str:
    """What the nightly harness tried, and what came of it, kind by kind."""
    counts = tomllib.loads((ROOT / "docs" / "measured" / "reliability.toml").read_text(encoding="utf-8"))
    rows = []
    for name, one in counts.items():
        tried = one["survived"] + one["failed"]
        seconds = one.get("processor_seconds")
        whole = "" if seconds is None else f"{seconds / tried * one['night'] / 60:,.1f} min"
        rows.append((
            one["what"], f"{one['survived']:,}", f"{one['failed']:,}", f"{one['night']:,}",
            f"{tried / one['night']:.1%}", whole, f"`{name}`", one["day"],
        ))  # fmt: skip
    survived, failed, night = (sum(one[key] for one in counts.values()) for key in ("survived", "failed", "night"))
    rows.append((
        "all", f"{survived:,}", f"{failed:,}", f"{night:,}", f"{(survived + failed) / night:.1%}", "", "", "",
    ))  # fmt: skip
    headers = (
        "what is tried",
        "survived",
        "failed",
        "cases of a night",
        "of which tried",
        "a night takes",
        "kind",
        "day",
    )
    return table(headers, rows)


GENERATED: dict[str, Callable[[], str]] = {
    "parameters": parameters,
    "mechanisms": mechanisms,
    "outcomes": outcomes,
    "state_variables": state_variables,
    "schedule": schedule,
    "initialisation": initialisation,
    "submodels": submodels,
    "programmes": programmes,
    "settings": settings,
    "recommendations": recommendations,
    "coverage": coverage,
    "assumptions": assumptions,
    "grades": grades,
    "evidence": evidence,
    "plausibility": plausibility,
    "stories": stories,
    "realism": realism,
    "realism_places": realism_places,
    "evaluations": evaluations,
    "living": living,
    **TEXTS,
    "reliability": reliability,
}


def filled(text: str) -> str:
    """The page with each generated part written anew.

    Raises:
        KeyError: A page asks for a part that nothing makes.
    """

    def part(match: re.Match[str]) -> str:
        return f"<!-- generated: {match[1]} -->\n\n{GENERATED[match[1]]()}\n\n<!-- /generated -->"

    return re.sub(r"<!-- generated: (\w+) -->.*?<!-- /generated -->", part, text, flags=re.DOTALL)


def draw_figures(folder: Path) -> list[Path]:
    """Draw the figures of the pages from the stored tables; the same tables give the same bytes."""
    fit = pd.read_csv(ROOT / "docs" / "evidence" / "calibration_fit.csv")
    provenance = {
        "title": "Magnitudes before and after calibration", "study": "calibration_fit.csv", "config_sha256": None,
        "version": None, "commit": None,
    }  # fmt: skip
    drawn = [save_figure(magnitudes_figure(fit), folder / "magnitudes.svg", provenance), _draw_evaluation(folder)]
    explained = {
        "entities": (entities_figure(), "What there is", None),
        "half_term": (half_term_figure(), "A half-term", None),
        "modes": (modes_figure(), "The four modes", None),
        "partnership": (partnership_figure(pd.read_csv(PARTNERSHIP)), "One partnership", PARTNERSHIP.name),
    }
    for name, (figure, title, study) in explained.items():
        drawn.append(save_figure(figure, folder / f"{name}.svg", {**provenance, "title": title, "study": study}))
    return drawn


def _draw_evaluation(folder: Path) -> Path:
    """A design that is known to be biased."""
    config, measured = load_config(f"evaluations/{DRAWN}"), pd.read_csv(EVALUATIONS)
    if config.evaluation is None:
        raise ValueError(f"{DRAWN} is no evaluation design")
    own = measured[measured["design"] == DRAWN].drop(columns="design").reset_index(drop=True)
    found = Evaluation(config.title, config.evaluation, own, own.head(0))
    provenance = {
        "title": config.title, "study": EVALUATIONS.name, "config_sha256": None, "version": None, "commit": None,
    }  # fmt: skip
    return save_figure(
        evaluation_figure(found), folder / "evaluation.svg", provenance, caption=evaluation_caption(found)
    )


def pages() -> list[Path]:
    """Pages with generated parts."""
    return [
        page for page in sorted((ROOT / "docs").rglob("*.md")) if "<!-- generated:" in page.read_text(encoding="utf-8")
    ]


def main() -> int:
    """Rewrite the pages; with `--check`, only say which are out of step (exit code 1)."""
    stale = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        fresh = filled(text)
        if fresh != text:
            stale.append(str(page.relative_to(ROOT)))
            if "--check" not in sys.argv:
                page.write_text(fresh, encoding="utf-8")
    if "--check" not in sys.argv:
        draw_figures(FIGURES)
    elif stale:
        sys.stderr.write(f"out of step with the code, run `make docs`: {', '.join(stale)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
