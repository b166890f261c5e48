"""Trains a network for new classes: a pooled linear head on frozen features, then fine-tuning."""
