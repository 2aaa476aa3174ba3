"""Referrals: somebody asks for a mentor for a young person, and the virtual school decides."""
