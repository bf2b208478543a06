"""What is asked: the search box, and the questions it leads to."""
