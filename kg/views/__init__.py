"""Pictures and pages drawn from the graph."""
