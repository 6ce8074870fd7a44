"""What several models together show on one page."""
