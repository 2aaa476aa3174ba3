"""The contenders, one a file: ours, the floor, and two peers."""
