"""TABLE of signals, and what an issue takes. All pure."""
