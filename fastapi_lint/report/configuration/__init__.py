"""What is in force for a path, one module per format."""
