"""Many accounts over one web: which there are, one reading for all, and their nights.

home.py       a fleet's folder: fleet.yaml, the accounts, where the archives are
member.py     an account of it, and its archive
read_web.py   every shared source is asked once
night.py      one account's night within a fleet
run_fleet.py  all of them, or those that are due
"""
