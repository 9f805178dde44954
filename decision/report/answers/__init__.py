"""What each command answers, as a document that every format lays out."""
