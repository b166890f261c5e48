"""Shows the opened pictures: filmstrip, samples, empty state."""
