"""The SPARQL endpoint: the protocol and the explorer in front, queries in processes of their own behind it."""
