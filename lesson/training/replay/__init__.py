"""Trained models whose training is played back."""
