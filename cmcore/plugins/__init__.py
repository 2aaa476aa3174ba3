"""How others add to the core: the hooks, and the register of who implements them."""
