"""Write the generated parts of the documents from the code: `python docs/generate.py` (or `make docs`)."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from schoolsim.evidence.page import evidence_markdown
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import parameter_rows
from schoolsim.parameters.mechanisms import MECHANISMS

ROOT = Path(__file__).parent.parent
RULES = ROOT / "src" / "schoolsim" / "rules"


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    cells = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in cells)


def parameters() -> str:
    """Every parameter, by subject."""
    parts = []
    rows = parameter_rows()
    for role, title in (("lever", "Levers"), ("uncertainty", "Uncertainties"), ("constant", "Constants")):
        chosen = [
            (f"`{row.name}`", row.meaning, row.unit, row.range, row.default, f"{row.source} ({row.grade})", row.mechanisms)
            for row in rows
            if row.role == role
        ]
        header = ("parameter", "meaning", "unit", "range", "default", "source (grade)", "mechanisms")
        parts.append(f"### {title}\n\n{table(header, chosen)}")
    return "\n\n".join(parts)


def mechanisms() -> str:
    """Every mechanism with its switch."""
    rows = [
        (m.id, m.title, m.source, f"`mechanism.{m.word}`", ", ".join(f"`{name}` = {value}" for name, value in m.neutral.items()))
        for m in MECHANISMS.values()
    ]
    return table(("id", "mechanism", "source", "switch", "neutral values"), rows)


def outcomes() -> str:
    """Every outcome."""
    over = {"window": "mean over the last years", "years": "yearly sum", "last": "last value"}
    return table(("outcome", "unit", "definition", "a run's number"), [(f"`{o.name}`", o.unit, o.definition, over[o.over]) for o in OUTCOMES.values()])


def _functions(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = ", ".join(argument.arg for argument in node.args.args)
            yield f"{node.name}({arguments})", (ast.get_docstring(node) or "").split("\n\nArgs:")[0]


def submodels() -> str:
    """Every rule with its docstring, by subject."""
    parts = []
    for file in sorted(RULES.glob("*.py")):
        if file.stem in ("__init__", "words"):
            continue
        title = (ast.get_docstring(ast.parse(file.read_text())) or "").split("\n")[0]
        lines = [f"### {file.stem}: {title}"]
        lines += [f"- `{signature}` – {' '.join(text.split())}" for signature, text in _functions(file)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def evidence() -> str:
    """What the model was held against, from the stored tables."""
    return evidence_markdown(ROOT / "docs" / "evidence")


GENERATED: dict[str, Callable[[], str]] = {
    "parameters": parameters,
    "mechanisms": mechanisms,
    "outcomes": outcomes,
    "submodels": submodels,
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
    return [page for page in sorted((ROOT / "docs").rglob("*.md")) if "<!-- generated:" in page.read_text(encoding="utf-8")]


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
