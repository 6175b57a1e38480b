//! A small dialect for tests: the verbs' snapshots must not change whenever a vendor's table does.

use lianpu_corpus::{Dialect, Operation, Provocation, Table, bundled};
use serde::Deserialize;

use super::known::Known;

/// The one dialect, with its scenarios.
pub(super) fn known() -> Vec<Known> {
    let dialect = Box::leak(Box::new(dialect()));
    vec![Known::of(dialect).unwrap()]
}

/// Holds a text against `/snapshots/cli/<name>.snap`.
pub(super) fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cli"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[derive(Deserialize)]
struct Parts {
    table: Table,
    operation: Vec<Operation>,
    provoke: Vec<Provocation>,
}

fn dialect() -> Dialect {
    let Parts { table, operation, provoke } = toml::from_str(TEXT).unwrap();
    let mut manifest = bundled("tencent-ci").unwrap().manifest.clone();
    manifest.tables = vec![table.id.clone()];
    manifest.faults.truncate(2);
    Dialect {
        manifest,
        tables: vec![table],
        operations: operation,
        provocations: provoke,
        vectors: Vec::new(),
    }
}

const TEXT: &str = r#"
[table]
id = "face"
title = "人脸错误码说明"
gloss = "Face recognition error codes"
source = "face.txt"

[[table.row]]
code = -1301
meaning = "参数为空"
remedy = "请检查参数"
gloss = "a parameter is empty"
line = 30
condition = "parameter-empty"

[[table.row]]
code = -1302
message = "ERROR_PERSON_EXISTED"
message_certainty = "recorded"
meaning = "个体已存在"
gloss = "the person exists already"
billed = false
line = 31
condition = "person-exists"
note = "The spelling is the vendor's."

[[table.row]]
code = -1399
meaning = "数据库错误"
gloss = "the store fails"
line = 44

[[table.row]]
code = -5999
meaning = "系统繁忙"
gloss = "the system is busy"
line = 45

[[operation]]
name = "newperson"
method = "POST"
path = "/face/newperson"
title = "个体创建"
gloss = "creates a person with one face"
tables = ["face"]
bodies = ["json", "multipart"]
changes = true
certainty = "documented"
source = "management.txt:3"
parameter = [
  { name = "appid", type = "string", required = true, valid = "appid", gloss = "the project", certainty = "documented" },
  { name = "group_ids", type = "strings", required = true, valid = "fresh-groups", max_entries = 100, gloss = "the groups to put the person into", certainty = "documented" },
  { name = "person_id", type = "string", required = true, valid = "fresh-person", max_length = 255, gloss = "the id to give to the person", certainty = "documented" },
  { name = "image", type = "picture", valid = "portrait", instead = "url", gloss = "the picture", certainty = "documented" },
  { name = "url", type = "url", instead = "image", gloss = "the address of the picture", certainty = "documented" },
  { name = "mode", type = "integer", valid = "=1", range = [0, 1], gloss = "which faces: 0 all, 1 the largest", certainty = "inferred" },
]

[[operation]]
name = "delperson"
method = "POST"
path = "/face/delperson"
title = "删除个体"
gloss = "deletes a person"
tables = ["face"]
bodies = ["json"]
changes = true
certainty = "documented"
source = "management.txt:123"
parameter = [
  { name = "appid", type = "string", required = true, valid = "appid", gloss = "the project", certainty = "documented" },
  { name = "person_id", type = "string", required = true, valid = "person", gloss = "the person to delete", certainty = "documented" },
]

[[provoke]]
row = -1302
trigger = "same-person-id"
reach = "state"
operations = ["newperson"]
certainty = "documented"
needs = ["face-nets"]
reason = "management.txt:40"
accept = [{ code = -1301, reason = "an id that is taken may count as none given" }]
steps = '''
Given a person "p" in group "g" with the portrait "anna"
And a valid newperson request
And its person_id names "p"
And its mode is absent
When it is sent
'''

[[provoke]]
row = -1399
trigger = "gallery-write"
reach = "fault"
operations = ["newperson", "delperson"]
certainty = "inferred"
steps = '''
Given a valid {op} request
And the fault "gallery.write" is asked for
When it is sent
'''

[[provoke]]
row = -5999
trigger = "overload"
reach = "none"
certainty = "inferred"
reason = "nothing outside can overload the store"
"#;
