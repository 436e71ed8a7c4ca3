"""A cell of a CSV file means the same in a spreadsheet, R, JavaScript and here."""

from __future__ import annotations

import csv as plain_csv
import json
import math
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schoolsim.studies import Fixed, ModelReference, StudyPlan, StudyResult
from schoolsim.studies.designs.tables import read_points
from schoolsim.studies.errors import DesignError
from schoolsim.studies.store.csv_text import csv_table, guarded, unguarded, write_csv
from tests.studies.plans import run_study, spread

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1", "'quoted", '=HYPERLINK("x")')
NUMBERS = ("1e5", "0x1F", "12e4", ".5", "1_000", "1,5", "£5", "(5)", "5%", "12:30", "3-4", "2021-01-01", "007", "1 000")
WORDS = (
    "TRUE",
    "false",
    "T",
    "F",
    "NA",
    "N/A",
    "NULL",
    "null",
    "NaN",
    "nan",
    "inf",
    "Infinity",
    "None",
    "#N/A",
    "<NA>",
)
DATES = ("MAR1", "Sept 2", "may-5", "DEC 2020", "1 Jan")
PLAIN = ("none", "individual", "collective", "originator", "Thornshire", "ok", "Énergie", "March", "decile", "e5", "")


@pytest.mark.parametrize("text", [*FORMULAS, *NUMBERS, *WORDS, *DATES])
def test_text_that_is_something_else_somewhere_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_written_as_it_is(text: str) -> None:
    assert guarded(text) == text


def taken_for_a_value(cell: str) -> bool:
    """Whether a program that is eager to see numbers, dates, words and formulas would see one."""
    text = cell.strip().strip("%$£€() ").replace(",", ".").replace("_", "")
    number = re.fullmatch(r"[+-]?(0[xX][0-9a-fA-F]+|(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?)", text) is not None
    date = re.match(r"\d{1,4}[-/.: ]\d{1,2}", text) is not None
    word = text.lower() in {"true", "false", "t", "f", "na", "n/a", "null", "nan", "inf", "infinity"} or text == "None"
    formula = cell.lstrip()[:1] in set("=+-@＝＋－＠")
    return bool(text) and (number or date or word or formula)


@example("\U00031350")  # a letter since Unicode 15 only
@given(
    st.one_of(st.text(max_size=12), st.from_regex(r"\A[-+= @0-9a-fA-FxXeE.,:/]{1,8}\Z"), st.sampled_from(PLAIN + WORDS))
)
def test_no_text_is_taken_for_anything_else_and_all_come_back(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert cell.startswith("'") or not taken_for_a_value(cell)
    column = csv_table(pa.table({"x": pa.array([text, None])}))["x"].to_pylist()
    assert column == [cell, None]  # Arrow's way and Python's are one


def test_every_kind_of_column(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=x": [1.5, np.nan], "word": ["=1", None], "flag": [True, False], "count": [2, 3]})
    write_csv(tmp_path / "x.csv", frame)
    assert (tmp_path / "x.csv").read_text() == "'=x,word,flag,count\n1.5,'=1,true,2\n,,false,3\n"
    table = pa.table({
        "run": ["12e4", "00ff"], "seed": pa.array([3, 2**62 + 1], pa.int64()),
        "n": pa.array([2**53 + 1, 1], pa.int64()),
        "x": [math.inf, -math.inf], "y": [math.nan, 0.1], "code": pa.array(["a", "=b"]).dictionary_encode(),
    })  # fmt: skip
    assert csv_table(table, ["n"]).to_pydict() == {
        "run": ["'12e4", "'00ff"], "seed": ["'3", "'4611686018427387905"], "n": ["'9007199254740993", "'1"],
        "x": ["Infinity", "-Infinity"], "y": [None, 0.1], "code": ["a", "'=b"],
    }  # fmt: skip


def odd_plan() -> StudyPlan:
    points = pd.DataFrame(
        {
            "level": ["=1+1", "1e5", "none", "TRUE"],
            "large": [2**53 + 1, -(2**60), 3, 0],
            "small": [1, 2, 3, 4],
            "share": [0.1 + 0.2, 1 / 3, 5e-324, -1.7976931348623157e308],
            "flag": [True, False, True, True],
        }
    )
    return StudyPlan(points, ModelReference("tests.studies.unruly_models:reckoned"), Fixed(2))


def test_exported_points_are_a_design_of_the_same_points(tmp_path: Path) -> None:
    plan = odd_plan()
    run_study(plan, tmp_path / "study")
    StudyResult.open(tmp_path / "study").export_csv(tmp_path / "csv")
    again = read_points(tmp_path / "csv" / "points.csv")
    for name in plan.points.columns:
        assert again[name].tolist() == plan.points[name].tolist(), name
    assert StudyPlan(again, plan.model, plan.replications).identity == plan.identity
    runs = pd.read_csv(tmp_path / "csv" / "runs.csv", dtype=str)
    result = StudyResult.open(tmp_path / "study").runs
    assert [unguarded(cell) for cell in runs["run"]] == result["run"].tolist()
    assert [int(cell.removeprefix("'")) for cell in runs["seed"]] == result["seed"].tolist()
    columns = pd.read_csv(tmp_path / "csv" / "columns.csv").set_index("name")["csv"]
    assert columns[["seed", "level", "large", "small", "share", "flag"]].tolist() == [
        "text after an apostrophe", "text", "text after an apostrophe", "whole number", "number", "true or false",
    ]  # fmt: skip


def test_the_last_bit_of_a_number_in_a_design_file_counts(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    values = np.concatenate([chance.random(500), chance.random(500) * 10.0 ** chance.integers(-300, 300, 500)])
    (tmp_path / "t.csv").write_text("x\n" + "\n".join(map(repr, values.tolist())))
    assert read_points(tmp_path / "t.csv")["x"].tolist() == values.tolist()


def test_a_whole_number_is_of_64_bits(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"x\n{2**63 - 1}\n")
    points = read_points(tmp_path / "t.csv")
    assert StudyPlan(points, ModelReference("a:b")).points["x"].tolist() == [2**63 - 1]
    (tmp_path / "t.csv").write_text(f"x\n{2**63}\n")
    with pytest.raises(DesignError, match="more than 64 bits"):
        StudyPlan(read_points(tmp_path / "t.csv"), ModelReference("a:b"))


def test_a_design_file_is_a_file_with_columns_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("x,y,x\n1,2,3\n")
    with pytest.raises(DesignError, match='two columns are called "x"'):
        read_points(tmp_path / "t.csv")
    with pytest.raises(DesignError, match="not a regular file"):
        read_points("/dev/zero")


NODE = shutil.which("node")
READ_IN_JAVASCRIPT = r"""
const text = require('fs').readFileSync(process.argv[1], 'utf8');
const rows = [];
let row = [''], quoted = false;
for (let i = 0; i < text.length; i++) {
  const c = text[i];
  if (quoted) {
    if (c === '"' && text[i + 1] === '"') { row[row.length - 1] += '"'; i++; }
    else if (c === '"') quoted = false;
    else row[row.length - 1] += c;
  } else if (c === '"') quoted = true;
  else if (c === ',') row.push('');
  else if (c === '\n') { rows.push(row); row = ['']; }
  else row[row.length - 1] += c;
}
// What most libraries do: a cell that is a number is one.
const typed = cell => cell !== '' && !isNaN(Number(cell)) ? Number(cell) : cell;
console.log(JSON.stringify(rows.map(row => row.map(typed).map(v => v === Infinity ? 'inf' : v))));
"""


@pytest.mark.skipif(NODE is None, reason="no JavaScript here")
def test_javascript_reads_the_same_numbers(tmp_path: Path) -> None:
    run_study(odd_plan(), tmp_path / "study")
    StudyResult.open(tmp_path / "study").export_csv(tmp_path / "csv")
    said = subprocess.run(
        [str(NODE), "-e", READ_IN_JAVASCRIPT, str(tmp_path / "csv" / "runs.csv")],
        capture_output=True,
        text=True,
        check=True,
    )
    header, *rows = json.loads(said.stdout)
    read = pd.DataFrame(rows, columns=header)
    runs = StudyResult.open(tmp_path / "study").runs
    assert read["run"].tolist() == ["'" + run for run in runs["run"]]
    assert [int(cell[1:]) for cell in read["seed"]] == runs["seed"].tolist()
    assert [int(cell[1:]) for cell in read["large"]] == runs["large"].tolist()
    for name in ("point", "replication", "small", "share", "third"):
        assert read[name].map(float).tolist() == runs[name].tolist(), name
    assert read["level"].map(unguarded).tolist() == runs["level"].tolist()
    assert read["beyond"].tolist() == ["inf"] * 8
    assert read["nothing"].tolist() == [""] * 8


def test_nothing_of_a_plain_study_is_guarded_but_ids_and_seeds(tmp_path: Path) -> None:
    run_study(spread(), tmp_path / "study")
    for path in StudyResult.open(tmp_path / "study").export_csv(tmp_path / "csv"):
        with path.open(newline="") as file:
            for row in plain_csv.DictReader(file):
                guarded_names = {name for name, cell in row.items() if cell.startswith("'")}
                assert guarded_names <= {"run", "seed"}, (path.name, row)
