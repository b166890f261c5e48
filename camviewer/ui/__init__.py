"""The window: Qt only, no torch; what it shows comes from the engine by way of the worker."""
