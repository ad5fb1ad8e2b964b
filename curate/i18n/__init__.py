"""What is said, in every language: a catalogue a language, and the one function that fills it."""
