"""How the embedded translation model is made. Nothing in the package imports this."""
