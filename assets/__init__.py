"""What the app shows but does not compute: trained models and the script that trains them."""
