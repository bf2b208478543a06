"""`nova-desktop mcp`: the library for assistants, by the Model Context Protocol. It only reads."""
