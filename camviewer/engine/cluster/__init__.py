"""Carries out runs on a cluster of Ray: the only room that opens a socket, and only when asked."""
