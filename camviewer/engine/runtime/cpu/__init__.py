"""Makes networks faster on the processor."""
