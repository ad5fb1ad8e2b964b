"""The editor's desk: an issue is what the machine made and what the editor decided, put together.

events.py    what can be decided: one frozen value a decision, TABLE `EVENTS`
history.py   the log of decisions with undo, redo and versions -> the decisions that hold
draft.py     an issue while it is put right
apply.py     TABLE `APPLY`: what each decision does to a draft; `apply_events`: machine and log -> the issue
offers.py    what the night had to offer, with scores and reasons
labels.py    what was said about entries outside the desk, as decisions about the open issue
"""
