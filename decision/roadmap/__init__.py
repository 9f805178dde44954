"""Roadmap: who does what when, from what is missing to a schedule and waves.

In go the verdicts on a form and the ranking, out comes a `plan`: `parts` are the form and the role
that everybody comes to, `jobs` are who does an activity and how long that takes, `graph` is what
comes before what, `schedule` the critical path through it, and `waves` are who go live together.
"""
