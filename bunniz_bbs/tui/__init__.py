"""The full-screen front: shows services to one member, with or without SSH."""
