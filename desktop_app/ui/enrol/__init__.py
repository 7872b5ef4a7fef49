"""The first start on a computer: an administrator's invitation makes it a device of the centre."""
