"""Holds what is looked at, without a widget."""
