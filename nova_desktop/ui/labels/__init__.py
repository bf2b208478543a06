"""Labels of the user's own words, and groups of files that are alike."""
