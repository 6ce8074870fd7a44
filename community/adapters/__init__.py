"""Where the community meets other systems: one module for each."""
