"""The ontology as a page: every term with what it means, what it stands under, and an example from the graph."""
