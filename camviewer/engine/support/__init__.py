"""Gives folders, logs, cancellation, progress, and libraries that are imported late."""
