"""Personal numbers that are right in form and nobody's: made here, never copied."""

from __future__ import annotations

from stdnum import luhn
from stdnum.cn import ric

# An identity number of somebody born in 2098; its check digit is computed.
_BORN_2098 = "11010120980203" + "000"
IDENTITY = _BORN_2098 + ric.calc_check_digit(_BORN_2098 + "0")
# A card number of zeros behind a bank's prefix; its check digit is computed.
_ZEROS = "622200000000000000"
CARD = _ZEROS + luhn.calc_check_digit(_ZEROS)
MOBILE = "13800138000"  # the top-up line of a carrier
PASSPORT = "E00000001"
US_SSN = "000-00-0000"  # no number of an American begins with 000
PIN = "000001"

ALL = {
    "identity": IDENTITY,
    "card": CARD,
    "mobile": MOBILE,
    "passport": PASSPORT,
    "us_ssn": US_SSN,
    "pin": PIN,
}
