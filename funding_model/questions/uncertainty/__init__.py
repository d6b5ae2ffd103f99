"""Uncertainty: what is not certain, drawn many times, and what follows for every contract."""
