"""Telephone numbers as people type them, brought to the one form in which they are stored."""

from __future__ import annotations

from desktop_app.domain.digits import ascii_digits
from desktop_app.texts.bidi import strip_marks

_REGION = "JO"


def normal_mobile(text: str) -> str | None:
    """`٠٧٩ ١٢٣ ٤٥٦٧` as `+962791234567`; None for what is no Jordanian mobile number."""
    import phonenumbers

    try:
        number = phonenumbers.parse(ascii_digits(strip_marks(text)).strip(), _REGION)
    except phonenumbers.NumberParseException:
        return None
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number_for_region(number, _REGION) or phonenumbers.number_type(number) not in kinds:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def shown_mobile(number: str) -> str:
    """A stored number as people here write it: `0791234567`, without spaces.

    Spaces between groups of figures would turn them over in an Arabic line. What has another form is given back.
    """
    local = number.removeprefix("+962")
    if local == number or len(local) != 9 or not local.isdecimal():
        return number
    return f"0{local}"
