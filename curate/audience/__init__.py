"""What readers did with what was published, and what follows from it. All pure.

    file -> tables -> reading -> figures ─┐
    interface -> official -> figures ─────┴-> archive -> posts (matched to issues) -> rates, effects -> evidence -> rank

model.py    the nouns        column_names.py   TABLE of the back office's column names     cells.py  numbers and dates
spreadsheet.py     bytes -> rows    parse.py   rows -> figures                endpoints.py  TABLE of the data interfaces
responses.py    what they answer -> figures   pull.py  call after call        errors.py  TABLE of their refusals
match_posts.py   posts -> issues  posts.py     what was published with its outcome
rates.py      honest rates     effects.py   what makes a difference        evidence.py  what the next night may know
closing_lines.py      the editor's closing lines    report_data.py  all that the report tells
"""
