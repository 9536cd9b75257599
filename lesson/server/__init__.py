"""What stands between the network and Streamlit: one visitor must not reach the others.

    script.py       what is run for every visitor
    heads.py        how long a request may be, and may take, before anything of ours sees it
    entrance.py     the first middleware: /healthz, and newcomers while the server drains
    health.py       whether the server is ready
    draining.py     how it lets go of those who are there before it ends
    guard.py        the last middleware: every message and every upload passes here first
    messages.py     which messages pass: their kind and size
    pace.py         how many pass, and how many scripts run at a time
    hold.py         a click counts, whatever is sent right behind it
    uploads.py      how much of what visitors upload is kept
    coming_back.py  pages whose server has ended, and that go on at this one
    scripts.py      the code of the pictures
    answers.py      what pictures ask while they are moved
    in_front.py     all of these, in their order
    lifespan.py     the start of the server, and its end

Only the launcher imports it.  Streamlit puts the folder of the script in front of `sys.path`: no file here
may have the name of a package.
"""
