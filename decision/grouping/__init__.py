"""Grouping: which municipalities behind which number, the declared groupings side by side."""
