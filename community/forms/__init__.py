"""What people type, one module per concept."""
