"""Provides folders, logs, cancellation, progress, and late imports of libraries."""
