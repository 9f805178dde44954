"""The advice as a document: Markdown and one self-contained HTML page."""
