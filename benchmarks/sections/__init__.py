"""What is measured, each thing in a module of its own."""
