"""Rules and nothing else: frozen data, policy, events, errors."""
