"""The editor's desk: an issue is what the machine made and what the editor decided, put together.

events.py       what can be decided: one frozen value a decision, TABLE `EVENTS`
history.py      the log of decisions with undo, redo and versions -> the decisions that hold
draft.py        an issue while it is put right
apply.py        TABLE `APPLY`: what each decision does to a draft; `apply_events`: machine and log -> the issue
compare.py      what an edited text or issue says otherwise than its original
headlines.py    titles to choose from for an item
offers.py       what a night had to offer
plain.py        an issue as text that any editor can change
preferences.py  what was done with what was offered, as decisions to learn from
stories.py      splits and merges that were said elsewhere, as decisions about an issue
visits.py       when an issue was opened, copied and approved
"""
