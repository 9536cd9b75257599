"""Rooms on a server: who asks what over HTTP, and who listens.

http.py                             which address is answered by what
routes.py, student_routes.py, host_routes.py, requests.py, form.py
experiments.py                      networks that a class trains, looked at until they are done
rooms.py, live_room.py, pairing.py  all rooms, one, and a lecturer's second device: change, store, tell
listeners.py                        the streams
"""
