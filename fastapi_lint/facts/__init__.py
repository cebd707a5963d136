"""Layer 3: what one module says, as plain immutable data without trees."""
