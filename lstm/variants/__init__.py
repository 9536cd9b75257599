"""Four cells beside the LSTM of the course, each with less or more in it, and a scan."""
