"""The queries, one module per noun, the same on SQLite and PostgreSQL."""
