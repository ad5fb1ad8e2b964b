"""DOOR to backups: one file with all that an account cannot get back from anywhere else.

    <name>.tar.gz    files of the account under their own names, then backup.json: each with its SHA-256

names.py    which names a backup may hold
whole.py    a folder as it was at one moment, while others replace it
moment.py   what tells two moments of an archive apart
pack.py     files -> a backup
unpack.py   a backup -> files; nothing is believed before it is checked
"""
