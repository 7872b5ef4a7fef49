"""The cashier's screen: take the payment, see the receipt, void or refund it."""
