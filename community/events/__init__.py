"""What the community tells the rest of the platform, one module per concept."""
