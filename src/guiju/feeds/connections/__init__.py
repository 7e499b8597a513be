"""Connections: databases, object stores and folders that an administrator names and grants to projects."""
