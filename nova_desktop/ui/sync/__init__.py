"""The dialog of a library that several machines share."""
