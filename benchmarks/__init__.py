"""Measures the real server from outside, with clients in processes of their own."""
