"""Checks a network against the statistics that its batch normalisation remembers."""
