"""The command line: what is typed after `nova-desktop`, and what is answered."""
