//! Mutations of the fields of the signed text: which are there, and what they say. They are signed as they stand.

use lianpu_corpus::Certainty::{Documented, Inferred};
use lianpu_corpus::ConditionClass as Class;

use super::mutation::PlaintextMutation as Is;
use super::parameters::{
    FieldName, NotANumber, NumberField, PlainField, Separator, ShortForm, Spelling, TimeField,
};
use super::signing::EnvelopeWriter;
use crate::mutate::effect::Effect;

const TEMPLATE: &str =
    "the vendor's template of the text has the field, and nothing says that it may be missing or unreadable";
const TOLERATED: &str = "the vendor's own documents and clients leave this field out, so it is not needed";
const DEMANDED_ONCE: &str =
    "the vendor ships clients without this field, while a user reports that it is demanded";
const UNDEFINED: &str = "no document says what becomes of it";
const BOUNDARY_OF_LIFE: &str = "a signature for many uses is valid for three months at most and expires after its issue; the documents do not name the code";

/// A tenant that nobody is.
pub(super) const NOBODY: &str = "1999999999";
/// A key that nobody has.
pub(super) const NO_KEY: &str = "NOSUCHID0000000000000000000000000EXAMPLE";
/// A bucket that nobody has.
pub(super) const NO_BUCKET: &str = "elsewhere";

impl PlainField {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::K => "k",
            Self::E => "e",
            Self::T => "t",
            Self::R => "r",
            Self::U => "u",
            Self::F => "f",
        }
    }

    /// With what a server refuses the text if this field says nothing that can be read.
    const fn refusals(self) -> &'static [Class] {
        match self {
            Self::A => &[
                Class::CredentialsMalformed,
                Class::TenantUnknown,
                Class::TenantMismatch,
                Class::CredentialsWrong,
                Class::CredentialsMisdirected,
            ],
            Self::K => &[Class::CredentialsMalformed, Class::CredentialsUnknown, Class::CredentialsWrong],
            Self::E | Self::T => {
                &[Class::CredentialsMalformed, Class::CredentialsExpired, Class::CredentialsWrong]
            }
            Self::B | Self::R | Self::U | Self::F => &[Class::CredentialsMalformed, Class::CredentialsWrong],
        }
    }

    /// With what a server refuses the text if this field says something else than it should.
    const fn refusals_of_another_value(self) -> &'static [Class] {
        match self {
            Self::B | Self::F => &[
                Class::CredentialsMalformed,
                Class::CredentialsWrong,
                Class::CredentialsMisdirected,
                Class::SpaceUnknown,
            ],
            Self::A | Self::K | Self::E | Self::T | Self::R | Self::U => self.refusals(),
        }
    }

    /// What follows if this field is absent, or as good as absent.
    fn missing(self) -> Effect {
        match self {
            Self::A | Self::K | Self::E | Self::T => Effect::refused(self.refusals(), TEMPLATE, Inferred),
            Self::B | Self::U => Effect::harmless(TOLERATED, Documented),
            Self::R | Self::F => Effect::refused_or_taken(self.refusals(), DEMANDED_ONCE, Documented),
        }
    }

    /// What follows if this field is no number although it should be one.
    fn unreadable(self) -> Effect {
        match self {
            Self::A => Effect::refused(self.refusals_of_another_value(), TEMPLATE, Inferred),
            Self::E | Self::T => Effect::refused(self.refusals(), TEMPLATE, Inferred),
            _ => Effect::refused_or_taken(self.refusals(), UNDEFINED, Inferred),
        }
    }
}

impl From<NumberField> for PlainField {
    fn from(field: NumberField) -> Self {
        match field {
            NumberField::A => Self::A,
            NumberField::E => Self::E,
            NumberField::T => Self::T,
            NumberField::R => Self::R,
        }
    }
}

/// Changes the fields as the mutation wants it, if it is one of the fields.
pub(super) fn change(mutation: &Is, writer: &mut EnvelopeWriter<'_>) -> Option<Effect> {
    let now = writer.with.now;
    Some(match mutation {
        Is::FieldDropped { field } => {
            writer.fields.retain(|(name, _)| name != field.name());
            field.missing()
        }
        Is::FieldEmptied { field } => {
            writer.put(field.name(), "");
            match field {
                PlainField::F => {
                    Effect::harmless("a signature for many uses is unbound with an empty f", Documented)
                }
                _ => field.missing(),
            }
        }
        Is::FieldDoubled { field } => {
            let value = writer.value(field.name()).to_owned();
            writer.fields.push((field.name().to_owned(), value));
            Effect::refused_or_taken(field.refusals(), UNDEFINED, Inferred)
        }
        Is::FieldContradicted { field, wrong_first } => {
            let wrong = (field.name().to_owned(), another_value(*field, now));
            writer.fields.insert(if *wrong_first { 0 } else { writer.fields.len() }, wrong);
            let rule = "no document says which of two values counts";
            Effect::refused_or_taken(field.refusals_of_another_value(), rule, Inferred)
        }
        Is::FieldsShuffled { seed } => {
            shuffle(&mut writer.fields, *seed);
            let rule = "the vendor's own clients send the fields in six orders, so the order means nothing";
            Effect::harmless(rule, Documented)
        }
        Is::FieldNameUpper { field } => {
            for (name, _) in writer.fields.iter_mut().filter(|(name, _)| name == field.name()) {
                name.make_ascii_uppercase();
            }
            match field {
                PlainField::B | PlainField::U => Effect::harmless(TOLERATED, Documented),
                _ => Effect::refused_or_taken(
                    field.refusals(),
                    "no document says whether case counts in names",
                    Inferred,
                ),
            }
        }
        Is::FieldAdded { name } => {
            writer.fields.push((name.text().to_owned(), "1".to_owned()));
            let rule =
                "some forms of the text have fields that others lack, so what is unknown is passed over";
            Effect::harmless(rule, Inferred)
        }
        Is::FieldOverlong { field, length } => overlong(*field, length.size(), writer),
        Is::FieldNotNumeric { field, text } => {
            let field = PlainField::from(*field);
            let value = text.of(writer.value(field.name()));
            writer.put(field.name(), value);
            field.unreadable()
        }
        Is::FieldNegative { field } => {
            let field = PlainField::from(*field);
            let value = format!("-{}", writer.value(field.name()));
            writer.put(field.name(), value);
            field.unreadable()
        }
        Is::NumberRespelled { field, spelling } => {
            let field = PlainField::from(*field);
            let value = spelling.of(writer.value(field.name()));
            writer.put(field.name(), value);
            let rule = "no document says how a number may be spelt";
            Effect::refused_or_taken(field.refusals_of_another_value(), rule, Inferred)
        }
        Is::SeparatorChanged { to } => {
            writer.separator = to.text();
            let refusals = &[Class::CredentialsMalformed, Class::TenantUnknown, Class::CredentialsWrong];
            Effect::refused(refusals, "the text has no field that could be told from the next", Inferred)
        }
        Is::ShortFormSent { form } => form.send(writer),
        _ => return times(mutation, writer),
    })
}

/// Changes the times.
fn times(mutation: &Is, writer: &mut EnvelopeWriter<'_>) -> Option<Effect> {
    const TIMES: &[Class] =
        &[Class::CredentialsExpired, Class::CredentialsMalformed, Class::CredentialsWrong];
    let now = writer.with.now;
    let mut put = |issued: i64, expires: i64| {
        writer.put("t", issued.to_string());
        writer.put("e", expires.to_string());
    };
    Some(match mutation {
        Is::TimeInMilliseconds { field } => {
            let factor = |is: bool| if is { 1000 } else { 1 };
            put(now * factor(*field != TimeField::E), (now + 600) * factor(*field != TimeField::T));
            match field {
                // A life of centuries, or one that ends before it begins.
                TimeField::E | TimeField::T => Effect::refused(TIMES, BOUNDARY_OF_LIFE, Inferred),
                TimeField::Both => Effect::refused_or_taken(
                    TIMES,
                    "both times lie far in the future; how far the clocks may differ, no document says",
                    Inferred,
                ),
            }
        }
        Is::Expired { by } => {
            put(now - by.seconds() - 600, now - by.seconds());
            let rule = "e has passed; the vendor's advice takes expiry and a failed check for one (facts, order of checks: 9 or 14)";
            Effect::refused([Class::CredentialsExpired, Class::CredentialsWrong], rule, Documented)
        }
        Is::ExpiresBeforeIssued { by } => {
            put(now + 7200, now + 7200 - by.seconds());
            Effect::refused(TIMES, BOUNDARY_OF_LIFE, Documented)
        }
        Is::IssuedInFuture { by } => {
            put(now + by.seconds(), now + by.seconds() + 600);
            Effect::refused_or_taken(TIMES, "how far the clocks may differ, no document says", Inferred)
        }
        Is::IssuedLongAgo { days } => {
            put(now - days.seconds() * 86_400, now + 600);
            Effect::harmless("a signature for many uses is valid for up to three months", Documented)
        }
        Is::LifeTooLong { days } => {
            put(now, now + days.seconds() * 86_400);
            Effect::refused(TIMES, BOUNDARY_OF_LIFE, Documented)
        }
        Is::LifeAllowed { seconds } => {
            put(now, now + seconds.seconds());
            Effect::harmless(
                "a signature for many uses is valid for up to three months; a vendor's client takes 30 s",
                Documented,
            )
        }
        _ => return None,
    })
}

fn overlong(field: PlainField, length: usize, writer: &mut EnvelopeWriter<'_>) -> Effect {
    let value = match field {
        PlainField::A | PlainField::E | PlainField::T | PlainField::R | PlainField::U => "9",
        PlainField::B | PlainField::K | PlainField::F => "x",
    };
    writer.put(field.name(), value.repeat(length));
    match field {
        PlainField::R | PlainField::U => {
            let rule = "r has at most ten digits and a client refuses a u of more than 64 characters; what a server does, no document says";
            Effect::refused_or_taken(field.refusals(), rule, Inferred)
        }
        PlainField::F => bound_to_a_file(),
        PlainField::B => {
            Effect::refused(field.refusals_of_another_value(), "nobody has such a bucket", Documented)
        }
        _ => {
            Effect::refused(field.refusals_of_another_value(), "nobody has such a number or key", Documented)
        }
    }
}

/// What follows if the text names a file where the operation has none.
pub(super) fn bound_to_a_file() -> Effect {
    let rule = "a signature with f is bound to that file; these operations have no file, and no document says whether it then counts";
    Effect::refused_or_taken(
        [
            Class::CredentialsMisdirected,
            Class::CredentialsMalformed,
            Class::CredentialsExpired,
            Class::CredentialsWrong,
        ],
        rule,
        Inferred,
    )
}

/// A value that is not the right one.
fn another_value(field: PlainField, now: i64) -> String {
    match field {
        PlainField::A => NOBODY.to_owned(),
        PlainField::B => NO_BUCKET.to_owned(),
        PlainField::K => NO_KEY.to_owned(),
        PlainField::E => (now - 3600).to_string(),
        PlainField::T => (now - 100 * 86_400).to_string(),
        PlainField::R | PlainField::U => "1".to_owned(),
        PlainField::F => "elsewhere.jpg".to_owned(),
    }
}

/// Another order; the same seed gives the same.
fn shuffle(fields: &mut [(String, String)], seed: u16) {
    let mut rest = usize::from(seed) + 1;
    for last in (1..fields.len()).rev() {
        fields.swap(last, rest % (last + 1));
        rest /= last + 1;
    }
    fields.rotate_left(usize::from(seed % 5) + 1);
}

impl NotANumber {
    fn of(self, number: &str) -> String {
        match self {
            Self::Letters => "soon".to_owned(),
            Self::Hexadecimal => format!("{:#x}", number.parse::<u64>().unwrap_or_default()),
            Self::FullWidth => {
                let wide = |digit: char| char::from_u32(digit as u32 - '0' as u32 + '０' as u32);
                number.chars().filter(char::is_ascii_digit).filter_map(wide).collect()
            }
            Self::Null => "null".to_owned(),
        }
    }
}

impl Spelling {
    fn of(self, number: &str) -> String {
        match self {
            Self::Plus => format!("+{number}"),
            Self::LeadingZeros => format!("000{number}"),
            Self::Fraction => format!("{number}.0"),
            Self::LeadingSpace => format!(" {number}"),
            Self::TrailingSpace => format!("{number} "),
        }
    }
}

impl Separator {
    const fn text(self) -> &'static str {
        match self {
            Self::Semicolon => ";",
            Self::Comma => ",",
            Self::LineFeed => "\n",
            Self::Space => " ",
            Self::Entity => "&amp;",
        }
    }
}

impl FieldName {
    const fn text(self) -> &'static str {
        match self {
            Self::L => "l",
            Self::Z => "z",
            Self::Version => "version",
            Self::Aa => "aa",
        }
    }
}

impl ShortForm {
    fn send(self, writer: &mut EnvelopeWriter<'_>) -> Effect {
        match self {
            Self::WithoutUser => writer.fields.retain(|(name, _)| name != "u"),
            Self::WithoutBucket => writer.fields.retain(|(name, _)| name != "b"),
            Self::FiveFields => writer.fields.retain(|(name, _)| "abkte".contains(name.as_str())),
            Self::EmptyUser => writer.put("u", ""),
        }
        match self {
            Self::FiveFields => PlainField::R.missing(),
            _ => Effect::harmless(TOLERATED, Documented),
        }
    }
}
