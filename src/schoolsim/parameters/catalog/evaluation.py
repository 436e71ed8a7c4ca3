"""Evaluation of partnerships, and accreditation of practice (M40, M41)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, choice, real

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    choice(
        "evaluation.kind", "none",
        {
            "none": "no evaluation",
            "formal": "formal evaluation by value added",
            "informal": "informal evaluation by what is seen in class",
        },
        role="lever", scope="programme", label="Evaluation of partnerships", phrase="the evaluation of partnerships",
        meaning="How the programme's partnerships are judged: not at all, by value added on paper, or by talk of what is seen in class.",
        source="Fielding 2005 §4.2-4.3", grade="seed", mechanisms=("M40",),
    ),
    _constant("evaluation.hours", 12.0, high=200.0, unit="hours/year", meaning="Hours a formal evaluation takes of each of the two schools.", source="Fielding 2005 §4.3; size assumed", mechanisms=("M40",)),
    _constant("evaluation.pounds", 500.0, high=20000.0, unit="pounds/year", meaning="Cost of a formal evaluation, out of the partnership's grant as far as it goes.", source="assumed", mechanisms=("M40",)),
    _uncertain("evaluation.stops", 0.5, high=1.0, unit="chance", meaning="Chance that a partnership judged to have failed is stopped.", label="Stopping after a failed evaluation", phrase="the chance that a partnership judged to have failed is stopped", source="assumed", mechanisms=("M40",)),
    _lever("accreditation.rate", 0.0, high=1.0, unit="1/year", scope="area", meaning="Chance in a year that a school without an award applies for one for the practice it is proudest of; 0 is no scheme.", label="Chance of applying for an award", phrase="the chance in a year that a school applies for an award", source="Fielding 2005 §4.4 Leading Aspect", grade="seed", mechanisms=("M41",)),
    _lever("accreditation.pounds", 500.0, high=20000.0, unit="pounds", scope="area", meaning="Price of an award, which the school pays.", label="Price of an award", phrase="the price of an award", source="Fielding 2005 §4.4", grade="seed", mechanisms=("M41",)),
    _constant("accreditation.review", 0.03, high=0.5, unit="share", meaning="Share of the way to full ownership and confidence that self-review brings those who hold the practice.", source="Fielding 2005 §4.4; size assumed", mechanisms=("M41",)),
    _uncertain("accreditation.tied", 0.1, high=1.0, unit="chance/half-term", meaning="Chance that a school in need asks an awarded school that it knows and trusts fully.", label="Requests to awarded schools known", phrase="the chance that a school in need asks an awarded school it knows", source="Fielding 2005 §4.4: only with a school with which it had personal links; size assumed", mechanisms=("M14", "M41")),
    _uncertain("accreditation.cold", 0.0002, high=0.1, unit="chance/half-term", meaning="Chance that a school in need asks an awarded school it does not know, out of a list.", label="Requests to awarded schools unknown", phrase="the chance that a school in need asks an awarded school it does not know", source="Fielding 2005 §4.4: many had no interest at all; size assumed", mechanisms=("M41",)),
    _lever("accreditation.fund", 0.0, high=50000.0, unit="pounds/year", scope="area", meaning="Money an awarded school has for sharing what was accredited, spent on telling others.", label="Money to share accredited practice", phrase="the money an awarded school has to share its practice", source="Fielding 2005 §4.4: unlike Beacon there was none", grade="seed", mechanisms=("M41",)),
    _constant("accreditation.reach", 0.02, high=1.0, unit="1/pound", meaning="How much likelier strangers are to ask, for each pound a year spent on telling them.", source="assumed", mechanisms=("M41",)),
)  # fmt: skip
