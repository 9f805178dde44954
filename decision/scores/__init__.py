"""Scores: the ranking of the forms, and how sure it is.

In go the knowledge, a region and its costs. `additive` gives the value of every form; all others
ask how sure the ranking is, of the same `matrix`: `smaa` (over `weights`, `values` and
`cost_draws`), `stability` (with the `nearest` weights by which another form wins), `stakeholders`,
`dominance`, and other `methods`. `analysis` asks them all.
"""
