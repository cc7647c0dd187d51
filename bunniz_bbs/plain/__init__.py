"""The front without a screen: one-shot verbs, and line mode."""
