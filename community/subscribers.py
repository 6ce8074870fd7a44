"""What the community listens to: its own events become notifications."""
