"""What decide must do; mirrors ``decision/``."""
