"""camviewer: shows where an image classifier looks."""

__version__ = "0.1.0"
