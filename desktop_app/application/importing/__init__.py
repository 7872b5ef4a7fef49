"""Taking over licences and dues from CSV files: each good row, and a reason for each bad one (docs/import.md).

Reading and checking are pure; what stands at the centre is read and written through `ports.loading.FactLoading`.
"""
