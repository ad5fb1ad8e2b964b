"""The moment that a date written by a person, a program or a Chinese web page means. All pure."""
