"""What the community puts on the home page, one module per concept."""
