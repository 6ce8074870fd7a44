"""Who may do what, and why not, one module per concept."""
