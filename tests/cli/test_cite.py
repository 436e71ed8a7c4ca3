"""`schoolsim cite`: what to cite."""

from __future__ import annotations

import json

from tests.cli.conftest import Type


def test_cite(typed: Type) -> None:
    assert "Version" in typed("cite").out
    said = typed("cite", "badging_funding")
    assert "Times Educational Supplement, 2003" in said.out
    assert "RR615" in said.out
    told = json.loads(typed("cite", "badging_funding", "--json").out)
    named = {row["name"] for row in told["parameters"]}
    assert {"badging.scope", "market.choice_weight", "programme.originators"} <= named
    assert "trust.meeting" not in named
    assert any("Miller" in work for work in told["works behind the rest"])
    typed_off = typed("cite", "peer_review_triads")
    assert "Mishwood1" in typed_off.out
    assert typed("cite", "--bibtex").out.startswith("@software{schoolsim,")
