"""The bots to compare with: each as its library's own documentation writes it."""
