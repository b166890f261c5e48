"""Defines colours, theme, style sheet and wording."""
