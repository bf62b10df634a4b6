"""The graph for people who work in Python and Jupyter: results as tables, frames and pictures, and ``%%sparql``."""
