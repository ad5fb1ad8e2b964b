"""The night: from sources to posts, a step a module; `nightly.py` tells the whole of it."""
