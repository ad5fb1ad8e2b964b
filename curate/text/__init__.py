"""Text: from bytes to words. Encodings, cleaning, main text, language, sentences, summary. All pure."""
