"""The advice for who works with documents: Word, OpenDocument, PDF and Excel.

In goes the tree that every format lays out, and out come the bytes of a file. `edition` is what all
are told besides the text, and `widths` how wide the columns of a table are on paper. `pandoc` holds
the document as pandoc does, and `office` makes docx and odt of that, with the page and styles of a
`reference` document; `typeset` makes the PDF. `rows` reads the tables of an advice, and `workbook`
makes xlsx of them. `archive` packs what is an archive. `extra` knows what has to be installed for
each format; nothing of that is loaded for any other.
"""
