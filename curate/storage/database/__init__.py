"""The database under the archive: tables, older versions of them, rows, one writer at a time."""
