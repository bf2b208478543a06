"""How the window behaves among the user's other programs: one of it, a tray, notifications."""
