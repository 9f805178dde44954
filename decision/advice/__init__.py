"""The advice: one object with the results of all stages, on which every output is a view."""
