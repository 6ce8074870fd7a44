"""Pieces of page that are used in more than one place: typed values that draw themselves."""
