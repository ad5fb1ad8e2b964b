"""The back office's files -> figures: any spreadsheet, any column order."""
