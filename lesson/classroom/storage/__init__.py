"""Where rooms are stored: a database that one server has for itself, or several share.

database.py   where it is, its tables, how it is opened
store.py      what is asked of it, one question after the other, in a thread
log.py        the same for an event loop
line.py       changes that wait to be stored
short_lived.py  what is stored for a moment
news.py       what other servers have stored
"""
