"""Sockets: they only translate, between what a page sends and the hub."""
