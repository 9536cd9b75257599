"""The exercises with every gap filled; look only after the hints."""
