"""What is asked for and undone about imports, and the reasons why a record or a file is refused."""
