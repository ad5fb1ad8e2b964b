"""What an issue can be given while it is put right: entries, pasted links, and what is blocked from now on."""
