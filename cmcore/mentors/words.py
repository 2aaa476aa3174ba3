"""The fixed answers about mentors: which checks there are."""

from __future__ import annotations

from cmcore.base.words import Choice


class CheckKind(Choice):
    """The kinds of check a mentor has: DOMAIN §5."""

    enhanced_dbs = "enhanced_dbs", "Enhanced DBS"
    dbs_update_service = "dbs_update_service", "DBS Update Service"
    public_liability = "public_liability", "Public liability insurance"
    business_car = "business_car", "Business car insurance"
    identity = "identity", "Identity"
    references = "references", "References"
    safeguarding_training = "safeguarding_training", "Safeguarding training"
    induction = "induction", "Induction"
    agreement = "agreement", "Agreement"
