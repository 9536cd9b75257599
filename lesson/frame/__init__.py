"""The frame around the pages: what lessons there are, navigation, links, the glossary, files."""
