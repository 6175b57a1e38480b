//! The codes of the face table, with the messages that go with them.

/// An error code and its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// The number, as the table of face codes has it.
    pub(crate) number: i32,
    /// The symbol, or plain words where no symbol is known.
    pub(crate) words: &'static str,
}

macro_rules! codes {
    ($($name:ident = $number:literal $words:literal;)*) => {
        impl Code {
            $(#[doc = $words] pub(crate) const $name: Code = Code { number: $number, words: $words };)*
        }
    };
}

codes! {
    BAD_REQUEST = 3 "the request cannot be understood";
    NO_SIGN = 4 "has no sign or sign is empty";
    BAD_SIGN = 5 "sign is malformed";
    MISMATCH = 6 "sign is for another appid or bucket";
    EXPIRED = 9 "sign is out of date";
    NO_APPID = 10 "no such appid";
    NO_SECRET_ID = 11 "no such secretid";
    FOREIGN_SECRET_ID = 12 "secretid is not of this appid";
    REPLAY = 13 "sign was used before";
    WRONG_SIGN = 14 "sign does not verify";
    TOO_OFTEN = 15 "frequency limit reached, slow down";
    NO_BUCKET = 16 "no such bucket";
    BAD_PARAMETER = 21 "invalid parameter";
    INTERNAL = 213 "internal trouble";
    NO_FACE = -1101 "SDK_IMAGE_FACEDETECT_FAILED";
    UNDECODABLE = -1102 "SDK_IMAGE_DECODE_FAILED";
    FEATURE = -1103 "SDK_FEAT_PROCESSFAILED";
    EMPTY_IMAGE = -1300 "ERROR_IMAGE_EMPTY";
    EMPTY_PARAMETER = -1301 "ERROR_PARAMETER_EMPTY";
    PERSON_EXISTS = -1302 "ERROR_PERSON_EXISTED";
    NO_PERSON = -1303 "ERROR_PERSON_NOT_EXISTED";
    LONG_PARAMETER = -1304 "ERROR_PARAMETER_TOO_LONG";
    NO_SUCH_FACE = -1305 "ERROR_FACE_NOT_EXISTED";
    NO_GROUP = -1306 "ERROR_GROUP_NOT_EXISTED";
    NO_GROUP_LIST = -1307 "ERROR_GROUPLIST_NOT_EXISTED";
    DOWNLOAD = -1308 "ERROR_DOWNLOAD_IMAGE_FAILED";
    MANY_FACES = -1309 "ERROR_FACE_NUM_EXCEED";
    MANY_PERSONS = -1310 "ERROR_PERSON_NUM_EXCEED";
    MANY_GROUPS = -1311 "ERROR_GROUP_NUM_EXCEED";
    SAME_FACE = -1312 "ERROR_SAME_FACE_ADDED";
    BAD_FORMAT = -1400 "ERROR_IMAGE_FORMAT_INVALID";
    NOT_FETCHED = -1403 "ERROR_IMAGE_DOWNLOAD_FAILED";
    BAD_URL = -1505 "ERROR_IVADLID_URL_FROMAT";
    NO_ORIGIN = -1507 "ERROR_CONNECT_DOWNLOAD_SERVER";
}

impl Code {
    /// Whether the code comes from the stage in front of the operation: signature, rate, shape of the request.
    pub(crate) fn is_early(self) -> bool {
        (3..=23).contains(&self.number)
    }

    /// Whether the code is about a picture.
    pub(crate) fn is_about_picture(self) -> bool {
        matches!(self.number, -1109..=-1101 | -1300 | -1308 | -1510..=-1400)
    }
}
