"""What a graph says when its documents are compared: overlap, specialisation, targets, editions, reuse, networks."""
