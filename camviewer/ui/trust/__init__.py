"""Shows how far a map can be believed."""
