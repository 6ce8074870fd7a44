"""What the suite stands on: its databases, a live server, a browser, a real Celery worker."""
