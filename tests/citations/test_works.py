"""The works that sources name: every one of them is a whole reference."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from schoolsim.citations.references import works_named
from schoolsim.citations.works import WORKS, Work
from schoolsim.config import list_configs
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.mechanisms import MECHANISMS

SOURCES = (
    [spec.source for spec in REGISTRY.values()]
    + [mechanism.source for mechanism in MECHANISMS.values()]
    + [source for entry in list_configs() for source in entry.sources]
)
#: Names of people with a year: `Burgess, Wilson & Worth 2013`, `Kraft et al. 2018`.
NAMED = re.compile(r"([A-Z][a-zA-Z-]+(?:(?:, | & | and )[A-Z][a-zA-Z-]+)*(?: et al\.)?) (?:\()?((?:19|20)\d\d)\b")
#: Files, statistics and reports in newspapers, which are no works of an author.
STATISTICS = ("January", "November", "September", "Feb", "England", "TES", "Supplement", "People Now", "Hansard")

#: Works without an identifier or address that was found: articles of 2000 and 2003, two reports and a book.
WITHOUT_ADDRESS = {"ainscow2003", "rudduck2000", "howson2002", "smithers2004", "boyd1985"}


def test_every_work_has_an_identifier_or_an_address_where_there_is_one() -> None:
    assert {work.key for work in WORKS if not work.doi and not work.url} == WITHOUT_ADDRESS


def test_every_author_and_year_of_a_source_is_a_work() -> None:
    unknown = set()
    for source in SOURCES:
        for names, year in NAMED.findall(source):
            if not names.endswith(STATISTICS) and not works_named([f"{names} {year}"]):
                unknown.add(f"{names} {year}")
    assert unknown == set()


def test_every_work_is_named_by_a_source() -> None:
    assert [work.key for work in WORKS if work not in works_named(SOURCES)] == []
    assert works_named(["nobody"]) == []


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.key)
def test_a_reference_is_whole(work: Work) -> None:
    text, entry = work.text(), work.bibtex()
    assert f"({work.year})" in text
    assert f"year = {{{work.year}}}" in entry
    assert work.title in text
    assert all(author in entry for author in work.authors)
    if work.kind == "article":
        assert work.container
        assert f"journal = {{{work.container}}}" in entry
    if work.doi:
        assert re.fullmatch(r"10\.\d{4,9}/\S+", work.doi)
        assert f"doi = {{{work.doi}}}" in entry
        assert f"url = {{https://doi.org/{work.doi}}}" in entry
        assert f"doi {work.doi}" in text
    elif work.url:
        assert f"url = {{{work.url}}}" in entry
    assert ".." not in text
    assert entry.count("{") == entry.count("}")


def test_entries_are_read_by_what_reads_bibtex() -> None:
    """One entry a work, no field twice, none empty."""
    for work in WORKS:
        head, *lines, end = work.bibtex().splitlines()
        assert re.fullmatch(rf"@(article|book|techreport|misc)\{{{work.key},", head)
        assert end == "}"
        fields = [re.fullmatch(r"  (\w+) = \{(.+)\},?", line) for line in lines]
        assert all(fields)
        names = Counter(field[1] for field in fields if field)
        assert set(names.values()) == {1}
        assert {"author", "title", "year"} <= set(names)
    assert len({work.key for work in WORKS}) == len(WORKS)
