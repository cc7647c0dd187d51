"""How sessions hear of what happens: a port, and the adapters behind it."""
