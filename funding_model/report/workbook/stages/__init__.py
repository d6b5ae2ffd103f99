"""Stages: one module for each stage of the method, from inputs to money."""
