"""Parts of a page that two or more rooms use."""
