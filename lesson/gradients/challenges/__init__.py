"""The challenges of the gradients page, which check themselves."""
