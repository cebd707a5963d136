"""FAL3: authentication, authorization, hardening."""
