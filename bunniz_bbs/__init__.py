"""A private meeting place that its members reach with any SSH client."""

__version__ = "0.1.0"
