//! Classes of conditions: what a request may be refused for, in words that are no vendor's.
//!
//! Who changes a request knows what is wrong with it then, not what a vendor calls that. The table `[classes]` of
//! `dialect.toml` says which conditions of the dialect's rows belong to a class; a class that it does not give is told by
//! no row, so that any error may tell it. The list is closed: start with [`ConditionClass`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Defines the classes: each line a name as dialects write it, a variant, and what is wrong.
macro_rules! classes {
    ($( $name:literal $class:ident $gloss:literal; )+) => {
        /// What may be wrong with a request, or with what it is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ConditionClass {
            $(
                #[doc = $gloss]
                #[serde(rename = $name)]
                $class,
            )+
        }

        impl ConditionClass {
            /// All of them, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$class),+];

            /// The name, as dialects write it.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$class => $name, )+ }
            }

            /// What is wrong, one sentence.
            pub const fn gloss(self) -> &'static str {
                match self { $( Self::$class => $gloss, )+ }
            }
        }
    };
}

classes! {
    // ---------------------------------------------------------------- who asks
    "credentials-absent" CredentialsAbsent "There is no signature, key or token.";
    "credentials-malformed" CredentialsMalformed "What stands for a signature, key or token has not the form of one.";
    "credentials-unknown" CredentialsUnknown "The key or token that is named was never given to anybody.";
    "credentials-wrong" CredentialsWrong "The signature is not that of the request under its key.";
    "credentials-expired" CredentialsExpired "The time of the signature or token is over, or not yet come.";
    "credentials-replayed" CredentialsReplayed "The signature was used before, and serves once.";
    "credentials-misdirected" CredentialsMisdirected
        "The signature is right, and made for another tenant, space or file than the request's.";
    "tenant-unknown" TenantUnknown "The tenant that is named does not exist.";
    "tenant-mismatch" TenantMismatch "The key that is named belongs to another tenant than the one that is named.";
    "space-unknown" SpaceUnknown "The storage space that is named does not exist, or is not the tenant's.";
    "bearer-unknown" BearerUnknown "The key after the word Bearer was never given to anybody.";
    "permission" Permission "Who asks is known, and may not ask for this.";
    "rate" Rate "Requests come faster than they are taken.";

    // ---------------------------------------------------------------- the request as a whole
    "operation-unknown" OperationUnknown "There is no such operation.";
    "request-malformed" RequestMalformed "The request cannot be taken apart, whichever part of it is wrong.";
    "body-malformed" BodyMalformed "The body is not of the kind that it should be.";
    "body-too-long" BodyTooLong "The body has more bytes than are taken.";

    // ---------------------------------------------------------------- values of parameters
    "presence" Presence "A parameter that is needed is absent or empty.";
    "form" Form "The value of a parameter is of another type, range or set than it should be.";
    "limit" Limit "The value of a parameter is longer than it may be.";
    "thing-unknown" ThingUnknown "A person, group or face that is named does not exist.";
    "thing-exists" ThingExists "A person, group or face that is to be made exists, or is being removed.";
    "reference-unknown" ReferenceUnknown
        "A value refers to what is not there: what a picture's name stood for, a destination, an entry of a register.";
    "match-absent" MatchAbsent "The search is right and finds nobody.";
    "quality-level" QualityLevel "The level of picture quality that is demanded is none.";
    "liveness-level" LivenessLevel "The level of liveness that is demanded is none.";

    // ---------------------------------------------------------------- pictures as files
    "picture-absent" PictureAbsent "There is no picture, or one of no bytes.";
    "picture-count" PictureCount "There are more or fewer pictures than are asked for.";
    "picture-format" PictureFormat "The file is of a kind that is not taken.";
    "picture-form" PictureForm "The value that should be a picture cannot be one.";
    "picture-damaged" PictureDamaged "The file is of a known kind and cannot be decoded.";
    "picture-size" PictureSize "The picture has more bytes or pixels than are taken.";
    "picture-unreachable" PictureUnreachable "The address of the picture leads to none.";
    "picture-repeated" PictureRepeated "The face of the picture is there already, in one that is all but the same.";

    // ---------------------------------------------------------------- what pictures show
    "face-absent" FaceAbsent "Nobody is to be seen.";
    "face-not-described" FaceNotDescribed "There is a face, of which something that is asked for cannot be told.";
    "template-quality" TemplateQuality "The picture is not good enough for what is to be made with it.";
    "result-not-made" ResultNotMade "The picture that is to be made of the given ones cannot be made.";
    "quality-light" QualityLight "The face is badly lit.";
    "quality-sharpness" QualitySharpness "The face is blurred.";
    "quality-completeness" QualityCompleteness "A part of the face lies beyond the picture's border.";
    "quality-pose" QualityPose "The face is turned away.";
    "quality-cover" QualityCover "A part of the face is hidden.";
    "quality-cover-eye" QualityCoverEye "An eye is hidden.";
    "quality-cover-cheek" QualityCoverCheek "A cheek is hidden.";
    "quality-cover-nose" QualityCoverNose "The nose is hidden.";
    "quality-cover-mouth" QualityCoverMouth "The mouth is hidden.";
    "quality-cover-chin" QualityCoverChin "The chin is hidden.";
    "liveness" Liveness "The picture is not of a living person, but of a print, a screen or the like.";
}

/// Which conditions of a dialect's rows belong to which class: the table `[classes]` of `dialect.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Classes(BTreeMap<ConditionClass, Vec<String>>);

impl Classes {
    /// The conditions of a class, in the order of the file; none where the dialect does not give the class.
    pub fn conditions(&self, class: ConditionClass) -> &[String] {
        self.0.get(&class).map_or(&[], Vec::as_slice)
    }

    /// Whether the condition belongs to one of these classes.
    pub fn have(&self, classes: &[ConditionClass], condition: &str) -> bool {
        classes.iter().any(|class| self.conditions(*class).iter().any(|known| known == condition))
    }

    /// The classes that are given, each with its conditions.
    pub fn iter(&self) -> impl Iterator<Item = (ConditionClass, &[String])> {
        self.0.iter().map(|(class, conditions)| (*class, conditions.as_slice()))
    }

    /// Whether no class is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_written_as_it_is_read() {
        for class in ConditionClass::ALL {
            let text = format!("{} = [\"a\", \"b\"]", class.as_str());
            let classes: Classes = toml::from_str(&text).unwrap();
            assert_eq!(classes.conditions(*class), ["a", "b"]);
            assert!(classes.have(&[*class], "b") && !classes.have(&[*class], "c"));
            assert!(class.gloss().ends_with('.'), "{}", class.as_str());
        }
        assert_eq!(Classes::default().conditions(ConditionClass::Presence), [""; 0]);
    }

    #[test]
    fn an_unknown_class_is_refused_with_those_that_there_are() {
        let error = toml::from_str::<Classes>("presense = [\"a\"]").unwrap_err().to_string();
        assert!(error.contains("presense") && error.contains("`presence`"), "{error}");
    }
}
