"""Sharing: what a set of municipalities costs together, who pays what of it, by which route."""
