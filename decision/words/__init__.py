"""The words of the program in each language, and how numbers are written in it."""
