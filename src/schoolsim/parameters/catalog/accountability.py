"""Stakes, tables and inspection (M37, M38)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, flag, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("stakes.level", 0.3, high=1.0, unit="level", meaning="How much hangs on inspection and tables.", label="Stakes of inspection and tables", phrase="the weight of inspection and tables", scale="stakes", source="Fielding 2005 §5.1, recommendation 3; size assumed", mechanisms=("M38",)),
    real("stakes.effort", 0.1, low=-1.0, high=1.0, role="uncertainty", unit="pupil sd", meaning="What full pressure adds to teaching at once, in a school two standard deviations below the mean or more of that; nothing in one a standard deviation above it.", label="Effort called up by pressure", phrase="the effort that pressure calls up", source="Burgess, Wilson & Worth 2013: tables gone cost Wales .09 pupil sd, none in the top quarter, which is about 1 here; Fielding 2005 §5.1 sees no gain; sign to be swept", grade="derived", mechanisms=("M38",)),
    _uncertain("stakes.exposure", 0.3, high=1.0, unit="1/sd", meaning="How much more pressure a school feels for each standard deviation its results lie below the mean.", label="Extra pressure on weak schools", phrase="the extra pressure on schools with weak results", source="Fielding 2005 §2.31, §5.1; size assumed", mechanisms=("M38",)),
    real("stakes.narrowing", 0.5, low=-2.0, high=2.0, role="uncertainty", unit="weight", meaning="How far felt stakes turn schools and teachers from practices few hold; negative: toward them.", label="Narrowing of practice by stakes", phrase="the narrowing of practice by stakes", source="Fielding 2005 §4.4 ('safe' practices), §5.1 (no risks); sign to be swept", mechanisms=("M38",)),
    flag("tables.published", True, role="lever", meaning="Whether results are published in tables.", label="Performance tables", phrase="the publishing of performance tables", on="published performance tables", off="no performance tables", source="Fielding 2005 §2.23, recommendation 3", grade="seed", mechanisms=("M37", "M38")),
    _uncertain("tables.reputation", 0.8, high=1.0, unit="share", meaning="Share of a school's standing that parents and other schools know without tables.", label="Reputation known without tables", phrase="the share of a school's reputation that is known without tables", source="Burgess, Wilson & Worth 2013: no effect on sorting when Wales gave tables up", grade="derived", mechanisms=("M37",)),
    _constant("tables.stakes", 0.5, high=1.0, unit="share", meaning="Share of the stakes that hangs on published tables.", source="assumed", mechanisms=("M38",)),
    whole("inspection.years", 0, low=0, high=12, role="lever", unit="years", meaning="Years between a school's inspections; 0 is no inspection, and its stakes are the same in every year.", label="Years between inspections", phrase="the number of years between inspections", source="Fielding 2005 §4.4; about six years in 2003", grade="memory", mechanisms=("M38",)),
    whole("inspection.runup", 3, low=0, high=12, role="constant", unit="half-terms", meaning="Half-terms before an inspection in which a school gets ready.", source="assumed", mechanisms=("M38",)),
    _uncertain("inspection.hours", 0.3, high=1.0, unit="share", meaning="Share of the hours for work with other schools that getting ready takes.", label="Share of time inspection takes", phrase="the share of time that preparing for inspection takes", source="assumed", mechanisms=("M38",)),
    _uncertain("inspection.fear", 0.5, high=5.0, unit="1", meaning="How much higher the stakes are while getting ready for an inspection, and after failing one, until the next.", label="Extra stakes before inspection", phrase="the extra stakes before inspection", source="Fielding 2005 §2.31, §4.4; size assumed", mechanisms=("M38",)),
    _constant("inspection.stigma", 0.5, high=3.0, unit="sd", meaning="What failing takes from a school's standing with parents and other schools.", source="assumed", mechanisms=("M38",)),
    real("inspection.fail_below", -1.5, low=-5.0, high=0.0, role="constant", unit="sd", meaning="Results below which a school fails its inspection.", source="assumed: about one school in fifteen", mechanisms=("M38",)),
)  # fmt: skip
