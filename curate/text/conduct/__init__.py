"""What a text asks of its readers or gives away of people: inducements, invitations, personal data."""
