"""Grouping: which municipalities behind which number, side by side.

In goes a case, out comes what is `compared`: every grouping that it has `declared`, each group with
its own advice, and those that a `search` finds within `limits`, all as one `result`.

A search makes groups that may have to be connected by `borders`, has `workers`, and puts the region
in tables (`towns`) and evaluates groups in them at once (`lean`): to which form each comes
(`reach`, by the `prices` of every form), what it is `buying` and what it costs. Groupings are
`totals` of groups, made one by one (`partitions`), or chosen by `aims`: over all `subsets`, by set
partitioning (`covering`), or by the `labels` of which is `proven` that no other beats them.
`fronts` tell which no other beats and how they rank, and `leaving` who would rather leave.
"""
