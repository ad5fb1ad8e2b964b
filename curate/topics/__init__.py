"""Which topic each story belongs to, by scikit-learn. All pure."""
