"""Ties and files of schools with mutations of their own: cells, columns and rows of tables, elements of graphs."""

from __future__ import annotations

import contextlib
import csv
import io
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from schoolsim.parameters.errors import UserError
from schoolsim.populations import SchoolTable, read_schools
from schoolsim.populations.ties import read_ties
from tests.nightly.made import base
from tests.nightly.typing_commands import typed
from tests.populations.official_files import write_all

REGISTER = "edubasealldata20190601.csv"
CELLS = (
    "", " ", "0", "-1", "1", "100001", "100001.0", "100012", "999999", "1e9", "1e308", "1e400", "nan", "inf", "-inf",
    "1,5", "0x10", "9" * 400, "NA", "SUPP", "NE", "c", "z", "Ash Primary", "ASH PRIMARY ", "=1+1", "@x", "\t1", "\x00",
    "é", "\ud7ff", "\u202e", "a" * 5000, "a\nb", '"', "'", "31/02/2019", "2019-13-01", "01-09-2018", "9999-12-31",
    "0000-00-00", "2018", "200", "50%", "150%", "Open", "Closed", "Proposed to open", "Primary", "16 plus", "True",
)  # fmt: skip
HEADERS = (
    "from", "to", "source", "target", "kind", "strength", "since", "school", "from_school", "to_school", "respondent",
    "nominee1", "nominee2", "nominee99", "URN", "urn", "LA (name)", "NumberOfPupils", "", " ", "é", "=x", "a" * 300,
)  # fmt: skip


# --- tables --------------------------------------------------------------------------------------

Rows = list[list[str]]


def _cell(chance: random.Random, rows: Rows) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(CELLS)


def _header(chance: random.Random, rows: Rows) -> None:
    if rows[0]:
        rows[0][chance.randrange(len(rows[0]))] = chance.choice((*HEADERS, *rows[0]))


def _column(chance: random.Random, rows: Rows) -> None:
    """A column taken away, doubled, or given one value throughout."""
    place, how, value = chance.randrange(max(map(len, rows), default=0) + 1), chance.randrange(3), chance.choice(CELLS)
    for row in rows[how == 2 :]:
        if place < len(row):
            if how == 0:
                del row[place]
            elif how == 1:
                row.insert(place, row[place])
            else:
                row[place] = value


def _row(chance: random.Random, rows: Rows) -> None:
    """A row taken away, doubled, moved, cut or made longer."""
    place, how = chance.randrange(len(rows)), chance.randrange(5)
    if how == 0 and len(rows) > 1:
        del rows[place]
    elif how == 1:
        rows[place:place] = [list(rows[place]) for _ in range(chance.choice((1, 5, 500)))]
    elif how == 2:
        rows.insert(chance.randrange(len(rows)), rows.pop(place))
    elif how == 3:
        del rows[place][chance.randrange(len(rows[place]) + 1) :]
    else:
        rows[place] += [chance.choice(CELLS)] * chance.choice((1, 3, 2000))


TABLE_MUTATIONS: tuple[Callable[[random.Random, Rows], None], ...] = (_cell, _cell, _cell, _header, _column, _row)


def mutated_table(chance: random.Random, content: bytes) -> bytes:
    """A CSV file with one to six changes of its cells, columns and rows, now and then written in another way."""
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252", "replace")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for _ in range(chance.randint(1, 6)):
        chance.choice(TABLE_MUTATIONS)(chance, rows)
    out = io.StringIO()
    odd = chance.random() < 0.2
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    delimiter = chance.choice((",", ";", "\t", "|")) if odd else ","
    ending = chance.choice(("\n", "\r\n", "\r"))
    csv.writer(out, quoting=quoting, delimiter=delimiter, lineterminator=ending).writerows(rows)
    encoding = chance.choice(("utf-16", "latin-1", "cp1252", "utf-8-sig")) if odd else "utf-8"
    return out.getvalue().encode(encoding, "replace")


# --- ties ----------------------------------------------------------------------------------------

ENDS = ("100001", "100006", "100011", "100020", "100021", "100022", "140002", "Ash Primary", "Elm Special")


@cache
def made_schools() -> Path:
    """The official files of Thornshire."""
    return write_all(base("schools"))


@cache
def known_schools() -> SchoolTable:
    """The schools that ties are matched with."""
    return read_schools(made_schools() / REGISTER)


def tie_list(chance: random.Random) -> bytes:
    """Ties of schools, ties of teachers, or a survey, as CSV."""
    form = chance.randrange(3)
    header = (
        ["from", "to", "kind", "strength", "since"],
        ["from", "to", "from_school", "to_school", "strength"],
        ["respondent", "school", "nominee1", "nominee2", "nominee3"],
    )[form]
    rows = []
    for _ in range(chance.randint(1, 12)):
        ends, weight = chance.choices(ENDS, k=4), f"{chance.uniform(0, 4):.2g}"
        people = [f"t{chance.randrange(5)}" for _ in range(4)]
        rows.append((
            [*ends[:2], chance.choice(("advice", "moderation", "")), weight, chance.choice(("2018", "01/09/2019", ""))],
            [*people[:2], *ends[:2], weight],
            [people[0], ends[0], *people[1:]],
        )[form])  # fmt: skip
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


def graph(chance: random.Random) -> str:
    """Ties of schools or of teachers as GraphML, in the forms that programs write."""
    teachers = chance.random() < 0.4
    keys = [("d0", "node", "school" if teachers else "urn", "string"), ("d1", "edge", "weight", "double"),
            ("d2", "edge", "kind", "string")]  # fmt: skip
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for one, where, name, kind in keys:
        lines.append(f'<key id="{one}" for="{where}" attr.name="{name}" attr.type="{kind}"/>')
    lines.append(f'<graph edgedefault="{chance.choice(("directed", "undirected"))}">')
    number = chance.randint(2, 9)
    for place in range(number):
        lines.append(f'<node id="n{place}"><data key="d0">{chance.choice(ENDS[:7])}</data></node>')
    for _ in range(chance.randint(1, 12)):
        one, other = chance.randrange(number), chance.randrange(number)
        lines.append(
            f'<edge source="n{one}" target="n{other}"><data key="d1">{chance.uniform(0, 4):.2g}</data>'
            f'<data key="d2">{chance.choice(("advice", "moderation"))}</data></edge>'
        )
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _other_text(chance: random.Random, text: str) -> str:
    """Another value of an attribute, or between two tags."""
    found = list(re.finditer(r'"([^"]*)"|>([^<>\n]+)<', text))
    if not found:
        return text
    one = chance.choice(found)
    group = 1 if one[1] is not None else 2
    others = (*CELLS, "n0", "d0", "int", "boolean", "node", "edge", "directed", "&amp;", "&#0;", "&lol;", "<", "]]>")
    return text[: one.start(group)] + chance.choice(others) + text[one.end(group) :]


def _other_line(chance: random.Random, text: str) -> str:
    """A line taken away, doubled or moved, or an element of another kind."""
    lines = text.split("\n")
    place, how = chance.randrange(len(lines)), chance.randrange(4)
    if how == 0:
        del lines[place]
    elif how == 1:
        lines[place:place] = [lines[place]] * chance.choice((1, 300))
    elif how == 2:
        lines.insert(chance.randrange(len(lines)), lines.pop(place))
    else:
        lines.insert(place, chance.choice(ELEMENTS))
    return "\n".join(lines)


ELEMENTS = (
    "<!-- -->", "<!DOCTYPE x>", '<!DOCTYPE x [<!ENTITY a "b">]>', "<![CDATA[x]]>", "<?x y?>", "<graph>", "</graph>",
    '<graph edgedefault="directed"/>', '<node id="n0"/>', "<node/>", '<edge source="n0"/>',
    '<edge source="n0" target="no"/>',
    '<hyperedge><endpoint node="n0"/></hyperedge>', '<node id="n0"><graph><node id="n0::x"/></graph></node>',
    '<data key="d0">1</data>', '<data key="none">1</data>', '<key id="d0"/>', "<port/>", "\x00",
    "<a" + " b='c'" * 300 + "/>",
    '<key id="d9" for="all" attr.name="urn" attr.type="long"><default>x</default></key>', "<a>" * 3000,
)  # fmt: skip


def _cut(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


GRAPH_MUTATIONS = (_other_text, _other_text, _other_line, _other_line, _cut)


def mutated_graph(chance: random.Random, text: str) -> bytes:
    """A GraphML file with one to six changes of its texts and elements."""
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(GRAPH_MUTATIONS)(chance, text)
    return text.encode(chance.choice(("utf-8", "utf-8", "utf-8", "utf-16")), "replace")


def ties(chance: random.Random, folder: Path) -> str:
    """A list of ties or a graph, changed, read by Python or mapped by the command."""
    path = folder / chance.choice(("ties.csv", "ties.graphml"))
    if path.suffix == ".csv":
        path.write_bytes(mutated_table(chance, tie_list(chance)))
    else:
        path.write_bytes(mutated_graph(chance, graph(chance)))
    if chance.random() < 0.1:
        with contextlib.chdir(folder):
            code, _, fault = typed("map", path.name, "--schools", str(made_schools() / REGISTER), "--json")
        return fault and f"map {path.name} ({code}): {fault}"
    try:
        found = read_ties(path, known_schools())
    except UserError as error:
        return "" if path.name in str(error) else f"a message without the file: {error}"[:300]
    except Exception as error:
        return f"{path.name}: traceback: {error!r}"[:300]
    return "" if len(found) else f"{path.name}: no tie left, and nothing said"


# --- places --------------------------------------------------------------------------------------


def places(chance: random.Random, folder: Path) -> str:
    """One to all of the official files of a place, one to three of them changed, built into a place or looked at."""
    files = sorted(made_schools().glob("*.csv"))
    chosen = chance.sample(files, chance.randint(1, len(files)))
    if chance.random() < 0.7 and made_schools() / REGISTER not in chosen:
        chosen.append(made_schools() / REGISTER)
    (folder / "official").mkdir()
    changed = chance.sample(chosen, min(len(chosen), chance.randint(1, 3)))
    for file in chosen:
        content = file.read_bytes()
        (folder / "official" / file.name).write_bytes(mutated_table(chance, content) if file in changed else content)
    source = chance.choice(("official", *(f"official/{file.name}" for file in chosen)))
    words = ["schools", "build", source, "--out", "p"]
    words += ["--authority", chance.choice(("Thornshire", "Nowhere", ""))] * (chance.random() < 0.3)
    with contextlib.chdir(folder):
        code, _, fault = typed(*words)
        if code == 0 and not fault:
            words = ["schools", "p"]
            code, _, fault = typed(*words)
            if code:
                fault = fault or f"exit code {code} of a place just built"
    return fault and f"{' '.join(words)} ({[file.name for file in changed]} changed): {fault}"
