"""What a person chose for their hands at the workbench: keys and settings, kept on the account for every browser."""
