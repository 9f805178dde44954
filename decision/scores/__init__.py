"""How sure the ranking is: over which weights, grades and costs it holds, and for whom.

Each module answers one question on the same `problem.Problem`; `analysis.robustness` asks them all.
"""
