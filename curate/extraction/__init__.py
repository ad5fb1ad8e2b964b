"""A page -> its article: main text, pictures, who wrote it and when; or that it is none. All pure."""
