"""What is on which page, and how it looks: values in, bytes out. Fetches, translates and remembers nothing."""
