"""Every shipped study and programme, made small, goes from sweep to an answer in words, a figure and a page.

Made each time: a recommendation, a study that crosses a lever with settings, and sampled worlds.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from schoolsim.config import list_configs
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from tests.cli.conftest import SERIAL, Type
from tests.docs.pages import small
from tests.report.strict_html import parse

SHIPPED = {entry.name: entry.path for kind in ("studies", "programmes") for entry in list_configs(kind)}
EACH_TIME = ("studies/recommendations/R14",)
TWO = ("--years", 2, "--replications", 2)
"""What makes a programme small, which has neither of its own; a study keeps what `small` gives it for its worlds."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in EACH_TIME else [pytest.mark.slow]) for name in SHIPPED]
)
def test_what_is_shipped_is_answered_and_drawn(typed: Type, name: str) -> None:
    file = Path(SHIPPED[name].name)
    file.write_text(small(SHIPPED[name].read_text(encoding="utf-8")), encoding="utf-8")
    said = typed("sweep", file, *SERIAL, *(TWO if name.startswith("programmes/") else TWO[:2]))
    assert said.code == 0, said.err
    folder = Path("results") / file.stem
    told = json.loads(typed("answer", folder, "--json").out)
    assert told["answer"]
    words = " ".join(told["answer"])
    assert [one for one in (*REGISTRY, *OUTCOMES) if f" {one}" in words] == []
    drawn = typed("figures", folder)
    assert drawn.code == 0, drawn.err
    assert list((folder / "figures").glob("*.png"))
    assert typed("report", folder).code == 0
    page = parse((folder / "report.html").read_text(encoding="utf-8"))
    assert page.errors == []
    assert page.all("img")


RURAL = """
title = "Does a broker help more in rural than in urban authorities?"
replications = 2
years = 2
[levers]
"broker.number" = [0, 3]
[factors]
setting = ["urban", "rural"]
[outcomes]
report = ["partnerships.begun"]
"""


@pytest.mark.slow
def test_a_question_about_settings_is_one_short_file(typed: Type) -> None:
    Path("rural_brokers.toml").write_text(RURAL, encoding="utf-8")
    assert len(RURAL.strip().splitlines()) < 15
    assert typed("sweep", "rural_brokers.toml", *SERIAL, "-p", "setting.schools=16").code == 0
    lines = json.loads(typed("answer", "results/rural_brokers", "--json").out)["answer"]
    assert "where the setting is urban" in lines[0]
    assert "where the setting is rural" in lines[0]
    assert lines[1].startswith("The effect on the number of partnerships begun a year of the number of brokers")
    assert "between urban and rural" in lines[1] or "where the setting is rural" in lines[1]
    assert typed("figures", "results/rural_brokers").code == 0


@pytest.mark.slow
def test_programmes_are_compared_by_name(typed: Type) -> None:
    Path("which.toml").write_text(
        """
title = "Beacon schools or Leading Edge?"
replications = 2
years = 2
[factors]
programme = ["no_programme", "beacon", "leading_edge"]
[outcomes]
report = ["progress.mean", "progress.partner"]
""",
        encoding="utf-8",
    )
    assert typed("sweep", "which.toml", *SERIAL, "-p", "setting.schools=24").code == 0
    lines = json.loads(typed("answer", "results/which", "--json").out)["answer"]
    assert lines[0].startswith("With beacon schools rather than no programme, progress in all schools ")
    assert lines[1].startswith("With Leading Edge partnerships rather than no programme, progress in all schools ")
    # Without a programme nobody is a partner.
    assert lines[2].startswith("Nothing can be said of progress in partner schools: in some runs there is no value")
    assert typed("figures", "results/which").code == 0


@pytest.mark.parametrize(
    ("design", "says"),
    [
        ('kind = "lhs"\npoints = 6', " worlds (median "),
        pytest.param('kind = "saltelli"\npoints = 4', "of its variance by itself", marks=pytest.mark.slow),
        pytest.param('kind = "morris"\ntrajectories = 2', "over its range", marks=pytest.mark.slow),
    ],
)
def test_sampled_worlds_are_answered_by_their_design(typed: Type, design: str, says: str) -> None:
    levers = '"broker.number" = [0, 3]' if "lhs" in design else '"broker.number" = 3'
    Path("sampled.toml").write_text(
        f"""
title = "Over what is not known"
replications = 2
years = 1
[population]
schools = 16
[levers]
{levers}
[uncertainties]
"learning.rate" = {{ low = 1.0, high = 8.0 }}
"practice.effect_mean" = {{ low = 0.02, high = 0.2 }}
[design]
{design}
[outcomes]
report = ["progress.mean"]
""",
        encoding="utf-8",
    )
    said = typed("sweep", "sampled.toml", *SERIAL)
    assert said.code == 0, said.err
    assert says in " ".join(json.loads(typed("answer", "results/sampled", "--json").out)["answer"])
    assert typed("figures", "results/sampled").code == 0
    assert typed("report", "results/sampled").code == 0
    page = parse(Path("results/sampled/report.html").read_text(encoding="utf-8"))
    assert page.errors == []
    assert len(page.all("img")) == 1
    assert not re.search(r"\bnan\b", page.text)
