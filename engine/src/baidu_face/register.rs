//! Asking the register of citizens, and the form of its numbers (GB 11643-1999).

use super::call::Call;
use super::citizens::RegisteredCitizen;
use super::condition::Condition;
use super::fault::Fault;
use super::reader::Reader;

/// The longest name in characters. The longest in use has fewer; the documents give no number.
const LONGEST_NAME: usize = 64;

impl<'a> Call<'a> {
    /// The citizen of this number and name.
    pub(super) fn citizen(&self, number: &str, name: &str) -> Result<&'a RegisteredCitizen, Condition> {
        self.stage(Fault::IdentityService)?;
        let same = |citizen: &&RegisteredCitizen| {
            citizen.id_card_number.eq_ignore_ascii_case(number) && citizen.name == name
        };
        self.front.citizens.iter().find(same).ok_or(Condition::CitizenUnknown)
    }
}

impl Reader<'_> {
    /// `id_card_number`.
    pub(super) fn id_card_number(&mut self) -> String {
        let value = self.required("id_card_number");
        self.checked(value, Condition::IdCardNumberInvalid, is_id_card_number).unwrap_or_default()
    }

    /// `name` of a citizen: some characters, none of them a control character.
    pub(super) fn citizen_name(&mut self) -> String {
        let value = self.required("name");
        self.checked(value, Condition::NameInvalid, |name| {
            !name.trim().is_empty()
                && name.chars().count() <= LONGEST_NAME
                && !name.chars().any(char::is_control)
        })
        .unwrap_or_default()
    }
}

/// 15 digits of the old form, or 17 and a check digit; in both a date of birth.
fn is_id_card_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes {
        [digits @ .., check] if digits.len() == 17 && all_digits(digits) => {
            is_date(&digits[6..14]) && check.eq_ignore_ascii_case(&check_digit(digits))
        }
        digits if digits.len() == 15 && all_digits(digits) => is_date(&[b"19", &digits[6..12]].concat()),
        _ => false,
    }
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// Whether eight digits are a year, a month and a day.
fn is_date(digits: &[u8]) -> bool {
    let number = |digits: &[u8]| digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let (year, month, day) = (number(&digits[..4]), number(&digits[4..6]), number(&digits[6..]));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => return false,
    };
    (1800..2200).contains(&year) && (1..=days).contains(&day)
}

/// The last character for 17 digits: ISO 7064, MOD 11-2.
fn check_digit(digits: &[u8]) -> u8 {
    let sum = digits.iter().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    b"10X98765432"[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::citizens::test_citizens;
    use super::*;

    proptest! {
        #[test]
        fn a_number_with_one_wrong_digit_is_none(at in 0_usize..17, by in 1_u8..10) {
            let mut number = test_citizens().remove(0).id_card_number.into_bytes();
            number[at] = b'0' + (number[at] - b'0' + by) % 10;
            prop_assert!(!is_id_card_number(&String::from_utf8_lossy(&number)));
        }

        #[test]
        fn any_text_is_judged(text in "\\PC{0,20}") {
            is_id_card_number(&text);
        }
    }

    #[test]
    fn numbers_are_judged_by_length_date_and_check_digit() {
        for citizen in test_citizens() {
            assert!(is_id_card_number(&citizen.id_card_number), "{}", citizen.name);
        }
        // The standard's own examples.
        assert!(is_id_card_number("11010519491231002X") && is_id_card_number("440524188001010014"));
        assert!(is_id_card_number("11010519491231002x") && is_id_card_number("110105491231002"));
        for bad in [
            "",
            "123",
            "11010519491231002",
            "110105194912310021",
            "11010519491331002X",
            "11010519491231００2X",
        ] {
            assert!(!is_id_card_number(bad), "{bad}");
        }
    }
}
