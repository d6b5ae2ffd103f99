"""Voluntary-sector funding model calculator: what a service fully costs, and what changes with its contract."""

__version__ = "0.1.0"
