"""What the WeChat editor keeps of HTML, and what a post has to be like for it."""
