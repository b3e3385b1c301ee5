"""One page a module: its routes and how its sheet is made of an answer."""
