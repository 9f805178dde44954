"""Sharing: what a set of municipalities costs together, who pays what of it, by which route.

In goes a form for a region. `groups` gives the cost of every set of municipalities, and `division`
what each pays, by cooperative `games`. `routes` lead to a form, with those `joining` year by year;
`settlement` pays back who started. `money` is that of a plan, for who is in when: year by year, in
the `pieces` of a year in which nobody changes.
"""
