// The proof of a card: to come.
