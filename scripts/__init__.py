"""What the Makefile calls: small commands that need nothing but Python's own library.

`prepare` makes the virtual environment, `services` runs a private PostgreSQL and Redis, `check`
and `test` say whether the code is good, `demo_reset` starts the demo over.
"""
