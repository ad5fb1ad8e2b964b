"""What readers did with what was published, and what follows from it. All pure.

    file -> tables -> reading -> figures ─┐
    interface -> official -> figures ─────┴-> archive -> posts (matched to issues) -> rates, effects -> evidence -> rank

figures.py    the nouns        columns.py   TABLE of the back office's column names     values.py  numbers and dates
tables.py     bytes -> rows    reading.py   rows -> figures                official.py  TABLE of the data interfaces
answers.py    what they answer -> figures   pulling.py  call after call        problems.py  TABLE of their refusals
matching.py   posts -> issues  posts.py     what was published with its outcome
rates.py      honest rates     effects.py   what makes a difference        evidence.py  what the next night may know
lines.py      the editor's closing lines    summary.py  all that the report tells
"""
