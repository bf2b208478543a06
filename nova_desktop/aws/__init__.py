"""AWS for every part that asks it: the connection, and what its errors mean. It knows no part."""
