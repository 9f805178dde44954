"""Roadmap: who does what when, from what is missing to a schedule and waves.

In go the verdicts on a form and the ranking, out comes a `plan`: `parts` are the form and the role
that everybody comes to, `jobs` are who does an activity and how long that takes, `progress` says
which of these are done, `chosen` is the work for what a region chose beside a form, `graph` what
comes before what, `schedule` is the critical path through it, and `waves` are who go live together.
`decisions` are those that were taken, and those that are still to take; `moments` are when somebody
tells how the work goes, and `wishes` for a date are held against the plan. `dates` are those of the
weeks.
"""
