"""How much of anything is taken: every bound on size, in bytes."""

MEBIBYTE = 1024 * 1024

BODY_LIMIT = 10 * MEBIBYTE  # a document, unpacked; the largest real feeds are some 5 MiB
ROBOTS_LIMIT = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are to be read, the rest may be left
HEADER_LIMIT = 64 * 1024  # all headers of an answer
LINE_LIMIT = 16 * 1024  # one header; cookies and policies of real sites reach 8 KiB
UNREAD_LIMIT = 32 * MEBIBYTE  # answers that the caller has not taken; while there are more nothing is started
MAX_REDIRECTS = 5  # of one request
