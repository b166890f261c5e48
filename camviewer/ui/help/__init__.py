"""Answers the user's questions: help pages, shortcuts, self-test, about."""
