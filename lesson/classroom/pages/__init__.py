"""The pages of class mode without Streamlit, as they travel."""
