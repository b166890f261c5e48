"""Wires the main window: menus, actions, status line."""
