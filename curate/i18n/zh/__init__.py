"""Chinese sentences, by key; a file for each part of the program. `catalogue.py` says how they are filled."""
