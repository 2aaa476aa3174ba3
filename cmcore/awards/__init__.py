"""Awards that young people work towards: schemes as data, and how far somebody is, told by the plugins that keep it."""
