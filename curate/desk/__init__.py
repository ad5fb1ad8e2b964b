"""The editor's desk: an issue is what the machine made and what the editor decided, put together.

events.py    what can be decided: one frozen value a decision, TABLE `EVENTS`
history.py   the log of decisions with undo, redo and versions -> the decisions that hold
draft.py     an issue while it is put right
apply.py     TABLE `APPLY`: what each decision does to a draft; `apply_events`: machine and log -> the issue
offers.py    what a night had to offer; collect_offers.py makes it of the night's picks
take_item.py      an entry -> an item that can be taken, its page read and its picture fetched
plain.py     an issue as text that any editor can change
labels.py    what was labeled, as decisions about an issue; stories.py does it for splits and merges
render_issue.py  an issue as it is now -> the files of its folder
"""
