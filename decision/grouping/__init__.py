"""Grouping: which municipalities behind which number, side by side.

In goes a case, out come the groupings that it has `declared`, each group with its own advice.
"""
