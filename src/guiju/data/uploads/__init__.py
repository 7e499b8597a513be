"""Files on their way from a browser or a program to the server's scratch folder, streamed, of any size."""
