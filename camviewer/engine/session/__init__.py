"""Answers requests about pictures with a loaded model."""
