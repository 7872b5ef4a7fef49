"""English names of the domain's closed lists by class and value; Arabic lives in the catalogue."""

from __future__ import annotations

from desktop_app.texts.sentences import N_

NAMES: dict[str, dict[str, str]] = {
    "IdentityKind": {
        "national_number": N_("National number"),
        "residency_number": N_("Residency number"),
        "passport": N_("Passport"),
        "establishment_number": N_("Establishment number"),
        "government_letter": N_("Government letter"),
    },
    "ApplicantKind": {
        "citizen": N_("Citizen"),
        "resident": N_("Resident"),
        "business": N_("Business"),
        "government": N_("Government body"),
    },
    "Capacity": {
        "owner": N_("Owner"),
        "tenant": N_("Tenant"),
        "agent": N_("Authorised agent"),
    },
    "DueKind": {
        "musaqqafat": N_("Building and land tax"),
        "tahaqquqat": N_("Other assessed dues"),
    },
    "LicenceStatus": {
        "active": N_("Active"),
        "suspended": N_("Suspended"),
        "closed": N_("Closed"),
    },
}
