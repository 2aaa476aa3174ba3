"""Lists filled in as workbooks away from the console, and brought back through the same forms, acts and rules."""
