"""What the community listens to, one module per concept."""
