"""Where rooms are stored: a database that one server has for itself, or several share.

database.py     where it is, its tables, how it is opened
change.py       a change to a room, and what several come to
store.py        what is asked of the database, one question after the other, in a thread
short_lived.py  what is stored for a moment
log.py          the same for an event loop: whether the database answers, and who is told what
pending.py      changes that wait to be stored
news.py         what other servers have stored
failures.py     what a database's errors mean
in_use.py       the connection that a question hangs on
"""
