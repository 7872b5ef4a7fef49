"""The administrator's screen: devices, staff, and what was put aside."""
