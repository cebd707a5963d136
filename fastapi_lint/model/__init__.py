"""Layer 4: what the project means: the model of what FastAPI builds at run time."""
