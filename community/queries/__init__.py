"""What joins several models into one screen, as plain data."""
