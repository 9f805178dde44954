"""Roadmap: who does what when, from what is missing to a schedule and waves.

In go the verdicts on a form, out comes a `plan`: `jobs` are who does an activity, how long that
takes and what comes first; `schedule` is the critical path through them.
"""
