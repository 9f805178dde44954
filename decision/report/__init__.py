"""The report: every output is a view on the same advice, one package per format."""
