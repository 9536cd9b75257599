"""Class mode: a room in which everybody commits before anybody sees.

    event.py      what can happen in a room
    room.py       the room as a value, and `apply`: the next one by an event
    refusals.py   what a room does not do, and with which words
    question.py   what can be asked
    state.py      what a room sends: to everybody, to a student, to the lecturer
    progress.py   how far a class has come with its challenges
    export.py     what a lecturer takes away
    codes.py      codes, secrets, handles
    storage/      the events in a database, which several servers may share
    server/       the same on a server: HTTP and streams

The files of this folder but `codes.py` are pure: no clock, no chance, no storage.  A restart, the report
after class and the tests replay the same events.
"""
