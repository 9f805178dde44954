"""The words of the program in each language, and how numbers are written in it.

In goes a code or a number, out comes a text. `catalogue` finds sentences in the folder
``report_templates``; `numbers` writes numbers, amounts, shares and lists; `cited` names a place in
a document.
"""
