"""`curate schedule` and `curate watch`: what starts a night at its hour, on every system.

wall_time.py   a time of day in a zone, as moments and as hours of another clock
model.py       what is scheduled, and a row of the table
plan.py        an account's folder on this machine -> what is scheduled
systemd.py, cron.py, launchd.py, windows.py, compose.py, github.py   a row each
table.py       TABLE `SCHEDULERS`
install.py     carries out what a row says
secrets_file.py   the account's file of secrets, readable by its owner alone
watch.py       the same without a scheduler: a process that waits
"""
