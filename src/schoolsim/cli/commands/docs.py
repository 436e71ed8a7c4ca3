"""`schoolsim docs`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_page, say_table
from schoolsim.parameters.errors import UserError, did_you_mean

Page = Annotated[str, typer.Argument(metavar="PAGE", help="A page, such as tutorials/first_study; a list if left out.")]


def docs(page: Page = "", json: options.Json = False) -> None:
    """List the pages of the documentation, or print one of them: it comes with the package."""
    pages = _pages()
    if not page:
        if json:
            say_json([{"page": name, "title": _title(path)} for name, path in pages.items()])
            return
        say_table(["page", "what it is about"], [[name, _title(path)] for name, path in pages.items()])
        say("schoolsim docs tutorials/first_study prints one.")
        return
    name = page.removesuffix(".md").removeprefix("docs/")
    found = pages.get(name) or next((path for known, path in pages.items() if known.endswith(f"/{name}")), None)
    if found is None:
        raise UserError(f'there is no page "{page}".{did_you_mean(name, pages)} schoolsim docs lists them.')
    text = found.read_text(encoding="utf-8")
    if json:
        say_json({"page": name, "text": text})
        return
    say_page(text)


def _pages() -> dict[str, Path]:
    """Every page by name: of the installed package, or of the source tree."""
    inside = Path(str(files("schoolsim"))) / "docs"
    folder = inside if inside.is_dir() else inside.parents[2] / "docs"
    pages = {path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("*.md"))}
    # What pages are made from is no page, and is not in the package.
    return {name: path for name, path in pages.items() if not name.startswith("measured/")}


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return next((line[2:].strip() for line in file if line.startswith("# ")), "")
