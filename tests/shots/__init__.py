"""Pictures of every screen, to look at before a change is called done."""
