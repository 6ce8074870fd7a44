"""Who may write what, and why not."""
