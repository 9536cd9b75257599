"""The sampling page: networks that write, are read, and are operated on."""
