"""What the pages share: the frame, widgets, cached models, live runs."""
