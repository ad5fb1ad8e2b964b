"""What goes out to services of the editor's own.

http.py   one request, and its answer
mail.py   one mail, and what the server said of it
push.py   one message by the library apprise, and what the service answered to it
"""
