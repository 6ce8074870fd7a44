"""What the pages do when something happened."""
