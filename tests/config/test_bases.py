"""Files build on files by name; later wins, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.config import Range, config_from_mapping, load_config
from schoolsim.config.composition import ConfigTree, MergedConfig
from schoolsim.config.source import ConfigSource
from schoolsim.parameters import ConfigError
from schoolsim.parameters.values import shown
from tests.config.conftest import Write
from tests.config.picked import line, other_value, pick

LEVER = pick("choice", "lever")
NUMBER = pick("real", "lever")
WORLD = pick("real", "uncertainty")
OTHER = pick("real", "uncertainty", skip=1)
LOW, HIGH = WORLD.bounds
FIRST, SECOND = LEVER.options[:2]


def refused(source: str | Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(source)
    return str(caught.value)


def test_later_wins_key_by_key(write: Write) -> None:
    write("one.toml", f"[levers]\n{line(LEVER, FIRST)}\n{line(NUMBER, NUMBER.low)}\n")
    write("two.toml", f"years = 4\nseed = 9\n[levers]\n{line(LEVER, SECOND)}\n")
    write("study.toml", f'base = ["one", "two"]\nyears = 6\n[uncertainties]\n{line(WORLD, LOW)}\n')
    study = load_config("study")
    assert study.levers == {LEVER.name: SECOND, NUMBER.name: NUMBER.low}
    assert study.uncertainties == {WORLD.name: LOW}
    assert (study.years, study.seed) == (6, 9)


def test_the_order_of_bases_decides(write: Write) -> None:
    write("one.toml", f"[levers]\n{line(LEVER, FIRST)}\n")
    write("two.toml", f"[levers]\n{line(LEVER, SECOND)}\n")
    write("ab.toml", 'base = ["one", "two"]\n')
    write("ba.toml", 'base = ["two", "one"]\n')
    assert load_config("ab").levers == {LEVER.name: SECOND}
    assert load_config("ba").levers == {LEVER.name: FIRST}


def test_bases_have_bases(write: Write) -> None:
    write("deep/one.toml", "seed = 3\nyears = 3\n")
    write("deep/two.toml", 'base = "one"\nyears = 4\n')
    write("study.toml", 'base = "deep/two.toml"\n')
    study = load_config("study")
    assert (study.seed, study.years) == (3, 4)


def test_the_same_base_by_two_ways_is_no_circle(write: Write) -> None:
    write("root.toml", "seed = 3\n")
    write("one.toml", 'base = "root"\n')
    write("two.toml", 'base = "root"\n')
    write("study.toml", 'base = ["one", "two"]\n')
    assert load_config("study").seed == 3


def test_a_sweep_replaces_a_value_and_a_value_a_range(write: Write) -> None:
    write(
        "one.toml",
        f"[levers]\n{line(LEVER, FIRST)}\n"
        f'[uncertainties]\n"{WORLD.name}" = {{ low = {LOW}, high = {HIGH}, levels = 3 }}\n',
    )
    write(
        "study.toml",
        f'base = "one"\n[levers]\n{line(LEVER, [FIRST, SECOND])}\n[uncertainties]\n{line(WORLD, LOW)}\n',
    )
    study = load_config("study")
    assert study.levers == {LEVER.name: (FIRST, SECOND)}
    assert study.uncertainties == {WORLD.name: LOW}


def test_title_and_description_are_a_files_own_and_sources_add_up(write: Write) -> None:
    write("one.toml", 'title = "One"\ndescription = "The first."\nsources = ["A 2005", "B 2006"]\n')
    write("study.toml", 'base = "one"\nsources = ["B 2006", "C 2007"]\n')
    study = load_config("study")
    assert (study.title, study.description) == ("study", "")
    assert study.sources == ("A 2005", "B 2006", "C 2007")
    write("two.toml", 'base = "one"\nsources = ["D 2008"]\n')
    write("three.toml", 'title = "A setting without sources"\n')
    write("study.toml", 'base = ["two", "three", "one"]\nsources = ["E 2009"]\n')
    assert load_config("study").sources == ("A 2005", "B 2006", "D 2008", "E 2009")


def test_a_design_of_another_kind_starts_afresh(write: Write) -> None:
    write(
        "one.toml",
        f'[uncertainties]\n"{WORLD.name}" = {{ low = {LOW}, high = {HIGH} }}\n'
        '[design]\nkind = "lhs"\npoints = 64\ncross = false\n',
    )
    write("tiny.toml", 'base = "one"\n[design]\npoints = 2\n')
    write("morris.toml", 'base = "one"\n[design]\nkind = "morris"\ntrajectories = 4\n')
    tiny, morris = load_config("tiny").design, load_config("morris").design
    assert (tiny.kind, tiny.points, tiny.cross) == ("lhs", 2, False)
    assert (morris.points, morris.trajectories, morris.cross) == (None, 4, True)


def test_a_population_from_another_source_starts_afresh(write: Write) -> None:
    write("schools.csv", "URN\n")
    write("one.toml", '[population]\nsource = "synthetic"\nschools = 95\n')
    write("study.toml", 'base = "one"\n[population]\nsource = "schools.csv"\nauthority = "Leeds"\n')
    people = load_config("study").population
    assert (people.schools, people.authority) == (None, "Leeds")


def test_figures_replace_figures(write: Write) -> None:
    write("one.toml", '[[figures]]\nkind = "line"\n[[figures]]\nkind = "map"\n')
    write("study.toml", 'base = "one"\n[[figures]]\nkind = "contrast"\nby = "phase"\n')
    (figure,) = load_config("study").figures
    assert (figure.kind, figure.options) == ("contrast", {"by": "phase"})


def test_linking_takes_parameters_over_from_a_base(write: Write) -> None:
    write("one.toml", f"[uncertainties]\n{line(WORLD, HIGH)}\n")
    rows = [[LOW, OTHER.low], [HIGH, OTHER.high]]
    linked = f"[[linked]]\nparameters = {shown([WORLD.name, OTHER.name])}\nvalues = {shown(rows)}\n"
    write("study.toml", f'base = "one"\n{linked}')
    study = load_config("study")
    assert study.uncertainties == {}
    assert study.linked[0].parameters == (WORLD.name, OTHER.name)
    assert study.linked[0].values == tuple(tuple(row) for row in rows)
    assert study.axes() == tuple(sorted((WORLD.name, OTHER.name), key=_place))


def _place(name: str) -> int:
    from schoolsim.parameters import REGISTRY

    return list(REGISTRY).index(name)


def test_a_mistake_names_the_file_it_is_in(write: Write) -> None:
    write("deep/one.toml", "title = 'One'\nyears = 0\n")
    write("deep/two.toml", "[design]\nkind = 'lsh'\n")
    write("study.toml", 'base = ["deep/one", "deep/two"]\nyears = 5\nseed = -1\n')
    assert [told.split(": ")[0] for told in refused("study").split("\n")] == [
        "deep/one.toml:2",
        "deep/two.toml:2",
        "study.toml:3",
    ]


def test_what_does_not_fit_together_names_the_file_that_set_it(write: Write) -> None:
    write("one.toml", f'[uncertainties]\n\n"{WORLD.name}" = {{ low = {LOW}, high = {HIGH} }}\n'
          '[design]\nkind = "lhs"\npoints = 4\n')  # fmt: skip
    write("study.toml", 'base = "one"\n[design]\nkind = "grid"\n')
    assert refused("study").startswith(f'one.toml:3: "{WORLD.name}" is a range, but')


def test_a_circle_is_shown_whole(write: Write) -> None:
    write("one.toml", 'base = "two"\n')
    write("two.toml", 'title = "Two"\nbase = ["three"]\n')
    write("three.toml", 'base = "one"\n')
    assert refused("one") == (
        "three.toml:1: base goes round in a circle: one.toml -> two.toml -> three.toml -> one.toml."
    )


def test_a_file_based_on_itself(write: Write) -> None:
    write("one.toml", 'base = "./one.toml"\n')
    assert refused("one") == "one.toml:1: base goes round in a circle: one.toml -> one.toml."


def test_a_base_must_be_named(write: Write) -> None:
    write("study.toml", "base = 3\n")
    assert refused("study") == "study.toml:1: base must be a name in quotes, or a list of them."


def test_a_mapping_is_checked_like_a_file() -> None:
    study = config_from_mapping({"levers": {LEVER.name: [FIRST, SECOND]}, "seed": 0})
    assert (study.seed, study.levers) == (0, {LEVER.name: (FIRST, SECOND)})
    with pytest.raises(ConfigError, match=r'^"seed" cannot be -1: it must be'):
        config_from_mapping({"seed": -1})
    with pytest.raises(ConfigError, match="tries listed values"):
        config_from_mapping({"uncertainties": {WORLD.name: Range(LOW, HIGH)}})


def test_a_mapping_changes_a_study_as_a_later_file_would(write: Write) -> None:
    write(
        "study.toml",
        f'title = "A study"\nsources = ["A"]\n[levers]\n{line(LEVER, [FIRST, SECOND])}\n'
        f"{line(NUMBER, other_value(NUMBER))}\n",
    )
    study = load_config("study")
    changed = config_from_mapping({"seed": 5, "levers": {LEVER.name: FIRST}}, on=study)
    assert (changed.title, changed.sources, changed.seed) == ("A study", ("A",), 5)
    assert changed.levers == {LEVER.name: FIRST, NUMBER.name: other_value(NUMBER)}
    assert study.seed != 5
    with pytest.raises(ConfigError, match=r'^"seed" cannot be -1'):
        config_from_mapping({"seed": -1}, on=study)


def data_of(draw: st.DrawFn) -> dict[str, object]:
    """What one file may set: values, parts of a design, a linked group, works to cite."""
    names = [WORLD.name, OTHER.name]
    data: dict[str, object] = {}
    if draw(st.booleans()):
        data["seed"] = draw(st.integers(0, 9))
    if draw(st.booleans()):
        data["uncertainties"] = {name: draw(st.integers(0, 9)) for name in draw(st.sets(st.sampled_from(names)))}
    if draw(st.booleans()):
        data["design"] = draw(
            st.fixed_dictionaries({}, optional={"kind": st.sampled_from(["lhs", "sobol"]), "points": st.integers(1, 9)})
        )
    if draw(st.booleans()):
        data["linked"] = [{"parameters": names, "values": [[draw(st.integers(0, 9)), 0]]}]
    if draw(st.booleans()):
        data["sources"] = draw(st.lists(st.sampled_from("abcd"), max_size=3))
    if draw(st.booleans()):
        data["title"] = draw(st.sampled_from("xyz"))
    return data


@st.composite
def trees(draw: st.DrawFn) -> list[ConfigTree]:
    """Files each of which may be based on any before it, several times over."""
    made: list[ConfigTree] = []
    for number in range(draw(st.integers(1, 6))):
        bases = draw(st.lists(st.integers(0, number - 1), max_size=4)) if number else []
        made.append(ConfigTree(ConfigSource(data_of(draw)), bases=[made[base] for base in bases]))
    return made


def by_every_route(tree: ConfigTree) -> list[ConfigSource]:
    """The files in the order in which they are named, however often."""
    return [*(source for base in tree.bases for source in by_every_route(base)), tree.source]


@given(trees())
def test_reading_each_file_once_is_reading_it_by_every_route(made: list[ConfigTree]) -> None:
    expected = MergedConfig(by_every_route(made[-1])).data
    merged = made[-1].merged().data
    assert merged == expected
    assert merged.get("sources") == expected.get("sources")
