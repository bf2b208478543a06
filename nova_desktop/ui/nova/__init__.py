"""Amazon Nova: what may be sent, what it costs, what was sent."""
