"""What is put into the platform's draft box, all pure: digests -> posts with the pictures they need -> requests.

model.py      a post, its pictures, and what is remembered of a draft
posts.py      digests -> posts: one an issue or one a topic, at most eight
cards.py      a digest -> a post of pictures (贴图)
limits.py     what the interface would not take, told before it is asked
requests.py   a post whose pictures are on the platform -> the body of a request
lost.py       which draft in the box is the one whose answer was lost
refusals.py   TABLE of the draft box's own codes

and what goes to groups and phones:

services.py   TABLE of services: how each is asked, how much it takes, how it refuses
newsletters.py   TABLE of newsletters: drafts there, and nothing sent
messages.py   a digest -> messages of a service's length
alerts.py     what is told of a night, and when again
"""
