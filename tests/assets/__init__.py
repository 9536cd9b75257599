"""Tests of the browser's scripts, without a browser and without a server."""
