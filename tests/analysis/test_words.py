"""Every outcome, lever, uncertainty and level has words, in its own entry, and they are said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from schoolsim.analysis.sentences import (
    comparison,
    heading_words,
    level_words,
    outcome_words,
    parameter_label,
    parameter_words,
    place_words,
)
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.outcome import Outcome
from schoolsim.parameters import REGISTRY, Parameter, parameter
from schoolsim.parameters.declare import choice, flag, in_sentence, label_of, real
from schoolsim.parameters.mechanisms import MECHANISMS

LONGEST_LABEL = 40
SET_BY_SOMEBODY = {name: spec for name, spec in REGISTRY.items() if spec.role != "constant"}
#: Names of things in the code, none of which a reader should meet.
IDENTIFIERS = [name for name in (*REGISTRY, *OUTCOMES) if "." in name]


def faults(outcomes: Iterable[Outcome], parameters: Iterable[Parameter]) -> list[str]:
    """What is wrong with the words of a catalogue, in words."""
    outcomes, parameters = list(outcomes), list(parameters)
    found = []
    for entry, meaning in [*((one, one.definition) for one in outcomes), *((one, one.meaning) for one in parameters)]:
        said = f"{entry.label} {entry.phrase}"
        wrong = {
            "has no words": entry.label == label_of(meaning) and entry.phrase == in_sentence(entry.label),
            "its label is its name": _blank(entry.label) == _blank(entry.name),
            "its phrase is its name": _blank(entry.phrase) == _blank(entry.name),
            "its label is too short or too long": not 3 < len(entry.label) < LONGEST_LABEL,
            "its label does not begin as a title": not entry.label[:1].isupper() or entry.label.endswith("."),
            # Inside a sentence, as the subject of a verb in the singular.
            "its phrase does not fit a sentence": not entry.phrase[:1].islower() or entry.phrase.endswith("."),
            "its words hold an identifier": any(other in said for other in IDENTIFIERS) or "_" in said,
        }
        found += [f"{entry.name}: {fault}" for fault, is_so in wrong.items() if is_so]
    for entries in (outcomes, parameters):
        for what in ("label", "phrase"):
            counts = Counter(_blank(getattr(entry, what)) for entry in entries)
            found += [f"two have the {what} {text!r}" for text, count in counts.items() if count > 1]
    for spec in parameters:
        values = {"choice": set(spec.options), "flag": {True, False}}.get(spec.kind, set())
        if set(spec.levels) != values:
            found.append(f"{spec.name}: levels without a name")
        if len({_blank(text) for text in spec.levels.values()}) < len(spec.levels):
            found.append(f"{spec.name}: two levels have one name")
        for level, text in spec.levels.items():
            if not text[:1].islower() or "_" in text or (" " not in text and text == str(level)):
                found.append(f"{spec.name}: {level} is called {text!r}")
    return found


def _blank(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def test_the_whole_catalogue_has_words() -> None:
    assert len(OUTCOMES) > 90
    assert len(SET_BY_SOMEBODY) > 190
    assert faults(OUTCOMES.values(), SET_BY_SOMEBODY.values()) == []


BADGE, TABLES, STAKES = (REGISTRY[name] for name in ("badging.scope", "tables.published", "stakes.level"))
TRUST = OUTCOMES["trust.mean"]


@pytest.mark.parametrize(
    ("entry", "seen"),
    [
        (replace(TRUST, label="", phrase=""), "trust.mean: has no words"),
        (replace(TRUST, label="Trust mean"), "trust.mean: its label is its name"),
        (replace(TRUST, label="trust.mean"), "trust.mean: its label is its name"),
        (replace(TRUST, label="Ties per school"), "two have the label 'ties per school'"),
        (replace(TRUST, phrase="the number of ties a school has"), "two have the phrase"),
        (replace(TRUST, phrase="what trust.mean says"), "trust.mean: its words hold an identifier"),
        (replace(STAKES, label="", phrase=""), "stakes.level: has no words"),
        (replace(STAKES, label="Stakes level"), "stakes.level: its label is its name"),
        (replace(STAKES, label="Search for partners"), "two have the label 'search for partners'"),
        (
            replace(STAKES, label="The weight of all that hangs on inspection"),
            "stakes.level: its label is too short or",
        ),
        (replace(STAKES, phrase="The weight of inspection."), "stakes.level: its phrase does not fit a sentence"),
        (replace(BADGE, levels={}), "badging.scope: levels without a name"),
        (replace(BADGE, levels={**BADGE.levels, "individual": "no badge"}), "badging.scope: two levels have one name"),
        (replace(BADGE, levels={**BADGE.levels, "individual": "individual"}), "individual is called 'individual'"),
        (replace(TABLES, levels={}), "tables.published: levels without a name"),
    ],
)
def test_what_is_wrong_with_words_is_seen(entry: Outcome | Parameter, seen: str) -> None:
    outcomes: Mapping[str, Outcome] = {**OUTCOMES, entry.name: entry} if isinstance(entry, Outcome) else OUTCOMES
    parameters = {**SET_BY_SOMEBODY, entry.name: entry} if isinstance(entry, Parameter) else SET_BY_SOMEBODY
    found = faults(outcomes.values(), parameters.values())
    assert any(seen in fault for fault in found), found


def test_who_declares_without_words_is_readable_all_the_same() -> None:
    common = {"role": "lever", "source": "made up"}
    number = real("mine.rate", 0.0, low=0.0, high=1.0, unit="share", meaning="Share of visits: paid ones.", **common)
    assert (number.label, number.phrase) == ("Share of visits", "share of visits")
    open_door = flag("mine.door", True, meaning="Whether the door is open.", **common)
    assert (open_door.label, open_door.levels) == ("Whether the door is open", {})
    mood = choice("mine.mood", "calm", ("calm", "brisk"), meaning="The mood.", label="Mood of the Staff", **common)
    assert (mood.phrase, mood.levels) == ("Mood of the Staff", {})
    assert "mine" not in f"{number.label} {open_door.label} {mood.label}"


def test_options_can_be_declared_with_their_names() -> None:
    mood = choice(
        "mine.mood", "calm", {"calm": "a calm staff", "brisk": "a brisk staff"}, role="lever", meaning="M.", source="S",
    )  # fmt: skip
    assert mood.options == ("calm", "brisk")
    assert mood.levels["brisk"] == "a brisk staff"
    assert [mood.code(option) for option in mood.options] == [0, 1]


@pytest.mark.parametrize(
    ("spec", "changes", "fault"),
    [
        (BADGE, {"levels": {"none": "no badge"}}, "names of levels are needed"),
        (BADGE, {"levels": {**BADGE.levels, "none": " "}}, "names of levels are needed"),
        (TABLES, {"levels": {True: "tables"}}, "names of levels are needed"),
        (TABLES, {"scale": "publicity"}, "only a number has a scale"),
        (STAKES, {"levels": {0.0: "no stakes"}}, "only a choice or a flag has named levels"),
    ],
)
def test_names_that_do_not_fit_the_values_are_refused(spec: Parameter, changes: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(spec, **changes)  # type: ignore[arg-type]  # what a mistaken declaration would give


def test_the_lever_of_one_programme_says_whose_it_is() -> None:
    assert parameter("leading_edge/badging.scope").label == "Who carries the badge, leading edge"
    assert level_words("leading_edge/badging.scope", "none") == "no badge in the programme leading edge"
    assert comparison("beacon/broker.number", 3, 0) == (
        "the number of brokers in each authority in the programme beacon at 3 rather than 0"
    )
    assert parameter_words("beacon/no.lever").label == "beacon/no.lever"


def test_levels_are_said() -> None:
    assert level_words("badging.scope", "collective") == "a badge on the whole partnership"
    assert level_words("tables.published", False) == "no performance tables"
    assert level_words("funding.per_partnership", 10000.0) == "£10,000 a year"
    assert level_words("broker.number", np.int64(3)) == "3 brokers an authority"
    assert level_words("mechanism.badging", False).startswith('no mechanism "')
    assert level_words("another.model", 3.0) == "another.model = 3"
    assert level_words("another.flag", True) == "another.flag on"


def test_comparisons_are_said() -> None:
    assert comparison("broker.number", 3, 0) == ("the number of brokers in each authority at 3 rather than 0")
    assert comparison("broker.number", 3, 0, acts=True).startswith("setting the number of brokers in each authority at")
    assert comparison("funding.total", 5000.0, 0.0) == (
        "the grant to the whole programme at £5,000 a year rather than £0 a year"
    )
    assert place_words("broker.number", 2, [0, 2]) == "with the number of brokers in each authority at 2"
    assert comparison("badging.scope", "none", "individual", acts=True) == (
        "no badge rather than a badge on the originating school alone"
    )


def test_settings_are_said() -> None:
    levels = [0.0, 0.5, 1.0]
    said = [place_words("market.choice_weight", level, levels) for level in levels]
    assert said == ["under low competition", "under middling competition", "under high competition"]
    assert place_words("market.choice_weight", 0.5, [0.5]) == "with the weight of results in parents' choice at 0.5"
    assert place_words("half_term", 12, [11, 12]) == "in half-term 12"
    assert place_words("x", 1, [1]) == "where x = 1"
    assert heading_words("market.choice_weight", 0.0, levels) == "Low competition"
    assert heading_words("broker.number", 2, [0, 2]) == "Brokers in each authority: 2 brokers an authority"
    assert heading_words("funding.purse", "bid", ["bid"]) == "Money won by bidding"


def test_headings_have_the_name_in_brackets() -> None:
    assert parameter_label("badging.scope") == "Who carries the badge (badging.scope)"
    assert parameter_label("another.model") == "another.model"
    assert all(parameter_words(f"mechanism.{one.word}").label == one.title for one in MECHANISMS.values())


def test_the_unit_is_the_study_s_own_or_else_the_catalogue_s() -> None:
    assert outcome_words("trust.mean", {"trust.mean": {"unit": "0 to 1"}}).unit == "0 to 1"
    assert outcome_words("trust.mean", {"trust.mean": {"definition": "x"}}).unit == OUTCOMES["trust.mean"].unit
    assert outcome_words("made.up").label == outcome_words("made.up").phrase == "made.up"
    assert outcome_words("bids.made").sentence_unit == ""
    assert outcome_words("hours.joint").sentence_unit == "hours/year"
