//! The mistakes of whatever front, and of the analyser.

use crate::front::defects;

defects! {
    CODE_AS_TEXT = "code-as-text", "answer", "answers an error's code as a text";
    STATUS_OF_ERROR = "status-500", "answer", "answers errors with HTTP 500";
    MESSAGE_MISSING = "message-missing", "answer", "leaves the message out of errors";
    PLAIN_TEXT = "plain-text", "answer", "says that its JSON is plain text";
    LAST_BOUNDARY_IGNORED = "last-boundary-ignored", "body", "takes multipart bodies that end inside a part";
    BODY_LIMIT_IGNORED = "body-limit-ignored", "body", "takes bodies that are larger than allowed";
    TRAILING_DATA_ACCEPTED = "trailing-data-accepted", "body", "takes JSON with something after it";
    NULL_AS_TEXT = "null-as-text", "body", "reads null as the text of four letters";
    QUOTED_BOUNDARY_REFUSED = "quoted-boundary-refused", "body", "refuses a boundary in quotes";
    ID_BLANKS_DROPPED = "id-blanks-dropped", "body", "leaves blanks out of ids instead of refusing them";
    ID_CHARACTERS_DROPPED = "id-characters-dropped", "body", "leaves out what an id must not hold instead of refusing it";
    ID_ONE_LONGER = "id-one-longer", "limit", "takes ids one byte longer than allowed";
    CANDIDATES_ONE_MORE = "candidates-one-more", "limit", "answers one candidate more than allowed";
    FACES_ONE_MORE = "faces-one-more", "limit", "lets a person have one face more than allowed";
    INFO_ONE_LONGER = "info-one-longer", "limit", "takes the text about a user one byte longer than allowed";
    GIF_ACCEPTED = "gif-accepted", "picture", "takes GIF files";
    FACELESS_ACCEPTED = "faceless-accepted", "picture", "answers a picture without faces as a success";
    DAMAGE_ACCEPTED = "damage-accepted", "picture", "sees faces in what is left of a damaged JPEG";
    DAMAGE_AS_FORMAT = "damage-as-format", "picture", "answers damaged pictures as those of a format that is not taken";
    METHOD_IGNORED = "method-ignored", "server", "answers a GET like a POST";
    PANICS_ON_EMPTY_HEADER = "panics-on-empty-header", "server", "falls over an empty Authorization header and closes the connection";
    PANICS_ON_EXTENDED_NAME = "panics-on-extended-name", "server", "falls over a part with `filename*`";
    HANGS_ON_NESTING = "hangs-on-nesting", "server", "never answers deeply nested JSON";
}
