"""Rooms on a server: who asks what over HTTP, what is stored, and who listens.

http.py                             which address is answered by what
routes.py, student_routes.py, host_routes.py, requests.py, form.py
pages.py                            the phone's page and the projector's
rooms.py                            all rooms: check, store, apply, tell
log.py, listeners.py                the database; the streams
"""
