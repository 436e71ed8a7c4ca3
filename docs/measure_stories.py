"""Tell the stories of docs/stories.md: `python docs/measure_stories.py` (or `make measured`).

They are written to `docs/measured/stories.md`, from which `make docs` fills the page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from schoolsim.stories import story

STORED = Path(__file__).parent / "measured" / "stories.md"
STORIES = (
    ("partnership", "programmes/beacon"),
    ("school", "programmes/beacon"),
    ("teacher", "programmes/beacon"),
    ("broker", "programmes/authority_brokerage"),
    ("network", "programmes/peer_review_triads"),
)
SEED = 4


def told(kind: str, config: str) -> str:
    """One story through three years, with the command that tells it, as Markdown."""
    one = story(kind, config, seed=SEED)
    lines = [f"## {one.title}", f"`schoolsim story {kind} {config.partition('/')[2]} --seed {SEED}`; {one.picked}."]
    lines += [f"**{chapter.when}.** {' '.join(chapter.sentences)}" for chapter in one.chapters]
    return "\n\n".join(lines)


def main() -> int:
    """Tell them all."""
    STORED.write_text("\n\n".join(told(kind, config) for kind, config in STORIES) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
