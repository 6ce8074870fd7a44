"""What is done with pages."""
