"""One result looked at closely: seen, played and read."""
