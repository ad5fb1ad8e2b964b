"""`curate doctor`: what stands in the way of a night that runs by itself, and what to do about it.

model.py      a place that is looked at, and what is found there
machine.py    the machine: clock, disk, rights, fonts, version
network.py    the network: proxy, names, the platform
own.py        the account: feeds.yaml, its database, its sources
schedule.py   what starts it every night, and when it last ran
table.py      TABLE `CHECKS`

A check is two functions: `look` asks the world and gives plain facts, `judge` makes findings of them.
"""
