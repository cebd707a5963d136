"""Which functions serve requests, and what blocks them."""
