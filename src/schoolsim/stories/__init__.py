"""Tells the story of a partnership, school, teacher, broker or network, half-term by half-term, in plain words."""

from schoolsim.stories.telling import KINDS, Chapter, Story, Watch, chapters, story

__all__ = ["KINDS", "Chapter", "Story", "Watch", "chapters", "story"]
