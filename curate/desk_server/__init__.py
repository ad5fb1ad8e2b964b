"""The editor's desk as a page on loopback: what `curate desk` serves.

guard.py          who may ask: this machine's browser with the cookie, from our own page, and nobody else
issue_desk.py     one issue: read, decided about, its folder brought up to the log in the background
actions.py        TABLE `ACTIONS`: what the page sends -> events; story_actions.py and picture_actions.py have theirs
panels.py         TABLE `PANELS`: what opens over the board; work_panel.py tells what was kept and learnt, draft_panel.py puts
                  the issue into the draft box
candidates.py     what can be taken: offers of the night, later arrivals, the shelf
post.py           the post as it would be copied: fragment, preview, findings
share.py          one read-only page for a colleague
page.py           what the templates of templates/desk/ are given
routes.py         addresses -> answers, put together in `desk_app`
listen.py         a socket on 127.0.0.1 and a server on it
"""
