"""Pieces of page that are used in more than one place: typed values that draw themselves."""

from community.components import care, lists, marks, telling

__all__ = ["care", "lists", "marks", "telling"]
