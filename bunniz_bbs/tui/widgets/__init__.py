"""Widgets that draw lines themselves; none of them knows a service."""
