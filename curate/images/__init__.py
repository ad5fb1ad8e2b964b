"""Pictures, all pure: addresses that may hold one -> bytes as they came -> a file fit for a post -> covers.

candidates.py   which addresses are worth asking for
encode.py       bytes of anybody's -> a small JPEG or PNG of ours, without metadata
cover.py        a picture -> 900 × 383 and 1:1, cropped around what there is to see
drawn_cover.py      the covers where there is no picture
typeface.py      the typeface of drawn covers, and which letters it has
svg_cover.py    where the texts of a cover stand; the same cover as SVG
"""
