"""Which entries are one story. All pure: the same entries give the same stories in any order."""
