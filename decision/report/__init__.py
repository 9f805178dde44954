"""The report: every output is a view on the same advice, one package per format.

In goes a result of any stage, out comes a file or text. `view` chooses what to tell and what it is
called; `document` is the tree of an advice and how Markdown, HTML and CSV lay it out, `answers` is
the same tree for what each other command answers, `paper` is Word, PDF and their like, `charts`
are figures, `json` the machine contract, `screen` the terminal, and `planner` the plan for a
planner or a calendar. A `report` is one advice in any format; `files` writes it, and never over
somebody else's work. A `draft` is a new region file.
"""
