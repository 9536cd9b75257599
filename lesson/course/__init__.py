"""What looks at all rooms: questions, the visitor's course, plans, worksheets, the projector."""
