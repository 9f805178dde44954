"""Roadmap: who does what when, from what is missing to a schedule and waves."""
