"""`curate doctor`, `curate backup`, `curate restore`: what keeps an account going."""
