"""Shows the network's modules and channels."""
