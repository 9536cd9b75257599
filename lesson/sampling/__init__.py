"""The sampling page: networks that write, are read, and have gates held."""
