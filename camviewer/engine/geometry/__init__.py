"""Places the network's input on the picture, and the cells of a grid on both."""
