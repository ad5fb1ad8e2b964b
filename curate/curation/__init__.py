"""Judgement: which entries are one story, what it is about, how good it is, and what an issue takes.

Everything here is pure: the same entries give the same answer in any order, on any machine, at any hour.
"""
