"""The graph in the formats of other programs: RDF, tables, networks, a data package."""
