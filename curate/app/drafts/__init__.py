"""An issue into the draft box of its account.

prepare.py   issues as they are now -> what is to be in their drafts, with every picture
send.py      made once, changed afterwards, never twice
box.py       the calls of the draft box
"""
