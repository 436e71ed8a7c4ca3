"""Tells the story of a partnership, teacher, broker or network, half-term by half-term, in plain words and numbers."""

from schoolsim.stories.telling import KINDS, Chapter, Story, story

__all__ = ["KINDS", "Chapter", "Story", "story"]
