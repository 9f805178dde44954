"""Explain: why a form is not possible, and the smallest changes that would make it so.

In go the knowledge, a region and a form, out comes an `explanation`. `demands` is what the form
asks; `conflicts` are why not; `remedies` are sets of `changes`, each with its `work`. The smallest
sets come from a `programme`, which the `solver` solves exactly.
"""
