"""What readers get who write to the account, answered at once: the webhook of the platform's messages.

A message comes in, is known by its signature, and is answered from a table that the night wrote. Nothing here asks the
archive or the network, and nothing of a reader is stored: only how often a number was asked for on a day.
"""
