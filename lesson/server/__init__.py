"""What stands between the network and Streamlit: one visitor must not reach the others.

    script.py      what is run for every visitor
    guard.py       the middleware: every message and every upload passes here first
    messages.py    which messages pass: their kind and size
    pace.py        how many pass, and how many scripts run at a time
    uploads.py     how much of what visitors upload is kept

Only the launcher imports it.  Streamlit puts the folder of the script in front of `sys.path`: no file here
may have the name of a package.
"""
