"""The part *Explosion*: gradients that grow, of an RNN and of an LSTM."""
