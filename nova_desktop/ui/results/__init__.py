"""What was found: tiles, their pictures, and what can be done with them."""
