"""Judgement of partnerships and accreditation of practice."""
