"""What sells, and what only shouts. All pure."""
