"""Staff at work in their own school (M05, M11, M14, M31)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("home.hours", 1.4, low=0.0, high=30.0, unit="hours/half-term", meaning="In-school talk about practice, each teacher.", label="In-school talk about practice", phrase="the time for in-school talk about practice", source="at 4 repertoires shrink by a fifth in ten years, at 8 they grow; 2-3 h a week of teamwork is reported", grade="calibrated", mechanisms=("M25",)),
    _constant("home.familiarity", 0.5, low=0.0, high=1.0, unit="share", meaning="Familiarity of colleagues of one school.", source="prototype", mechanisms=("M03",)),
    whole("home.focus_kept", 3, low=1, high=12, role="constant", unit="half-terms", meaning="How long a teacher keeps to one focus at home.", source="prototype"),
    whole("home.colleagues", 3, low=1, high=10, role="constant", unit="teachers", meaning="Colleagues thought of when choosing whom to learn from; as many more through an internal broker who knows everything.", source="prototype", mechanisms=("M03", "M32")),
    _constant("home.agenda", 1.6, low=0.0, high=2.0, unit="mastery", meaning="Extra weight at home of what the school works on with a partner.", source="prototype", mechanisms=("M30",)),
    _constant("home.tone_base", 0.3, low=0.0, high=1.0, unit="1", meaning="In-school learning under the coldest head, as a share of the warmest.", source="prototype", mechanisms=("M30",)),
    _constant("home.talk", 1.0, high=1.0, unit="chance/half-term", meaning="Chance that a teacher talks of practice with colleagues in a half-term.", source="assumed: everybody does; below 1 in-school learning becomes a contagion", mechanisms=("M25",)),
    _uncertain("home.copying", 0.0, high=1.0, unit="chance/half-term", meaning="Chance that a teacher takes over a colleague's repertoire as it is, good or bad, instead of learning from the best.", label="Copying between colleagues", phrase="the chance in a half-term that a teacher copies a colleague", source="uniform copying, Cavalli-Sforza & Feldman 1981; off unless asked for", mechanisms=("M05",)),
    _uncertain("home.copying_bias", 0.0, high=10.0, unit="1", meaning="How much likelier a colleague is to be copied for each practice fully mastered of full appeal.", label="Bias of copying to the skilled", phrase="the bias of copying towards skilled colleagues", source="biased transmission, Boyd & Richerson 1985; off unless asked for", mechanisms=("M05",)),
    whole("department.number", 8, low=1, high=16, role="constant", unit="departments", meaning="Subject departments of a secondary school; other schools have one.", source="English, maths, science, languages, humanities, arts, technology, PE; number assumed"),
    _constant("department.ground", 0.15, high=1.0, unit="share", meaning="Shared tacit ground of two teachers of one subject in different secondary schools.", source="Fielding 2005 §2.13, §2.26; size assumed", mechanisms=("M03",)),
    _constant("guardians.years", 15.0, high=40.0, unit="years", meaning="Years in one school that make a guardian of its story.", source="Fielding 2005 §3.31: 15 to 25 years", grade="seed", mechanisms=("M31",)),
    _uncertain("guardians.slow", 0.2, high=1.0, unit="share", meaning="Share of fading that a staff with guardians in plenty is spared in what the school holds; with fewer, as large a share as are guardians.", label="Fading spared by guardians", phrase="the share of fading that guardians of a school's history spare it", source="Fielding 2005 §3.31; size assumed", mechanisms=("M31",)),
    _constant("guardians.source", 0.2, high=1.0, unit="share", meaning="How far a guardian makes up for want of transfer skill with colleagues.", source="Fielding 2005 §3.31; size assumed", mechanisms=("M31",)),
    _constant("overload.start", 2.0, high=10.0, unit="practices", meaning="New practices at once that a teacher can carry.", source="Fielding 2005 §2.43 'no capacity to take anything else on board', §4.11; number assumed", mechanisms=("M02",)),
    _lever("pupils.asked", 0.0, high=1.0, unit="share", scope="area", meaning="How regularly teachers ask their pupils how what is tried works for them; 1 is every half-term.", label="How regularly pupils are asked", phrase="the regularity of asking pupils", source="Learning about Improvement, West Sussex: a commitment to consulting students about teaching and learning", grade="seed", mechanisms=("M22", "M23")),
    _uncertain("pupils.clearer", 0.4, high=1.0, unit="share", meaning="Share of the noise in what a teacher sees that asking every half-term takes away.", label="Noise that asking pupils takes away", phrase="the noise that asking pupils takes away", source="Learning about Improvement, West Sussex; size assumed", mechanisms=("M23",)),
    _uncertain("pupils.engages", 0.3, high=2.0, unit="logit", meaning="How much more a learner engages who asks pupils every half-term.", label="Engagement by asking pupils", phrase="the engagement that asking pupils adds", source="Learning about Improvement, West Sussex; size assumed", mechanisms=("M22", "M23")),
    _uncertain("overload.weight", 0.5, high=3.0, unit="1/practice", meaning="How fast learning falls with each new practice beyond those.", label="Weight of overload", phrase="the weight of overload with new practices", source="Fielding 2005 §4.11 over-committed teachers; size assumed", mechanisms=("M02",)),
)  # fmt: skip
