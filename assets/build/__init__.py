"""Scripts that train and measure what lies in assets/."""
