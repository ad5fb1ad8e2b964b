"""Sending to the services that an account names: issues to groups, alerts to the editor."""
