"""Questions whose numbers differ from student to student, with the mistakes that an answer can be told by."""
