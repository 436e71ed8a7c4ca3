"""Write the generated parts of the documents from the code: `python docs/generate.py` (or `make docs`)."""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from model_text import initialisation, schedule, state_variables, submodels

from schoolsim.cli.commands.show import GRADES as MEANINGS
from schoolsim.config import list_configs, load_config
from schoolsim.evidence.page import evidence_markdown
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY, parameter_rows
from schoolsim.parameters.declare import GRADES
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.values import shown

ROOT = Path(__file__).parent.parent
COVERAGE = ROOT / "docs" / "coverage.toml"
MOVED = ROOT / "docs" / "measured" / "assumptions.csv"


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    cells = [header, tuple("---" for _ in header), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in cells
    )


def parameters() -> str:
    """Every parameter, by subject."""
    parts = []
    rows = parameter_rows()
    for role, title in (("lever", "Levers"), ("uncertainty", "Uncertainties"), ("constant", "Constants")):
        chosen = [
            (
                f"`{row.name}`",
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
    over = {"window": "mean over the last years", "years": "yearly sum", "last": "last value"}
    return table(
        ("outcome", "unit", "definition", "a run's number"),
        [(f"`{o.name}`", o.unit, o.definition, over[o.over]) for o in OUTCOMES.values()],
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


def assumptions() -> str:
    """Every number that no published source gives, with what moved when it was halved or doubled."""
    moved: dict[str, list[str]] = {}
    with MOVED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = "; ".join(f"{world}: {row[world]}" for world in ("beacon", "busy") if row[world])
            moved.setdefault(row["parameter"], []).append(f"at {float(row['instead']):g}: {said or 'nothing seen'}")
    rows = [
        (f"`{row.name}`", row.meaning, row.default, row.unit, row.grade, row.source, "<br>".join(moved[row.name]))
        for row in parameter_rows()
        if row.name in moved
    ]
    return table(("parameter", "meaning", "value", "unit", "grade", "evidence", "if it is wrong"), rows)


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
}


def filled(text: str) -> str:
    """The page with each generated part written anew.

    Raises:
        KeyError: A page asks for a part that nothing makes.
    """

    def part(match: re.Match[str]) -> str:
        return f"<!-- generated: {match[1]} -->\n\n{GENERATED[match[1]]()}\n\n<!-- /generated -->"

    return re.sub(r"<!-- generated: (\w+) -->.*?<!-- /generated -->", part, text, flags=re.DOTALL)


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
    if "--check" in sys.argv and stale:
        sys.stderr.write(f"out of step with the code, run `make docs`: {', '.join(stale)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
