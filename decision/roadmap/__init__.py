"""Roadmap: who does what when, from what is missing to a schedule and waves.

In go the verdicts on a form and the ranking, out comes a `plan`: `parts` are the form and the role
that everybody comes to, `jobs` are who does an activity and how long that takes, `progress` says
which of these are done, `chosen` is the work for what a region chose beside a form, `graph` what
comes before what, and `schedule` the critical path where everybody has time enough. `capacity` is
how many days a week everybody has, and `calendar` the weeks with fewer. All that together is a
`network`, and of it a `workload`: jobs, people and weeks, without names. That is spread so that it
ends as soon as can be (`optimum`, proved by `bounds`), and `slack` is how far each job can slip.
`readiness` is when everybody can be ready, `waves` are who go live together, and `layout` is all
work for these. `routes` are the ways to a form, each with a plan of its own, and `replay` does the
plan again with other durations, of which `finishes` does many at once. `decisions` are those that
were taken, and those that are still to take; `moments` are when somebody tells how the work goes,
and `wishes` for a date are held against the plan. `dates` are those of the weeks.
"""
