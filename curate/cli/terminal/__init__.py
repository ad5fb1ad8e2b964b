"""What commands share: options, progress, colors, and the last look at what is shown."""
