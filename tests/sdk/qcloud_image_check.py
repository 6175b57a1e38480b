"""Drives the vendor's own Python SDK, unmodified, against a server.

Usage: qcloud_image_check.py READY_FILE PICTURE_DIR

READY_FILE holds the ready line of `lianpu serve`; PICTURE_DIR holds anna.jpg, anna-turned.jpg, bea.jpg, hugo.jpg and
nobody.jpg. The SDK has no option for the address, so it is pointed at the server through an HTTP proxy setting, which
changes nothing in the SDK: the request line is then in absolute form and Host names the vendor.

Prints one line a call and ends with `N passed, M failed`; exits 1 if anything failed.
"""

import json
import os
import sys

ready = json.load(open(sys.argv[1], encoding="utf-8"))
pictures = sys.argv[2]
os.environ["http_proxy"] = ready["base_url"]
os.environ["no_proxy"] = ""

from qcloud_image import CIBuffer, CIFile, CIFiles, CIUrl, Client  # noqa: E402  (after the proxy is set)

account = ready["accounts"]["tencent-ci"][0]
client = Client(account["appid"], account["secret_id"], account["secret_key"], account["bucket"])
nets = "face-nets" in ready["capabilities"]
passed = failed = 0


def path(name):
    return os.path.join(pictures, name)


def expect(what, answer, code, *conditions):
    """Checks the code with its type, then every condition on the data."""
    global passed, failed
    faults = []
    if not (isinstance(answer, dict) and type(answer.get("code")) is int and answer["code"] == code):
        faults.append("code %r expected" % code)
    else:
        for text, condition in conditions:
            try:
                right = condition(answer["data"])
            except (KeyError, IndexError, TypeError) as error:
                right, text = False, "%s (%r)" % (text, error)
            if not right:
                faults.append(text)
    if faults:
        failed += 1
        print("FAIL %s: %s; got %s" % (what, "; ".join(faults), json.dumps(answer)[:400]))
    else:
        passed += 1
        print("ok   %s" % what)
    return answer.get("data", {}) if isinstance(answer, dict) else {}


with open(path("anna.jpg"), "rb") as file:
    anna = file.read()

expect("delperson of nobody", client.face_delperson("sdk-nobody"), -1303)
made = expect(
    "newperson from a file",
    client.face_newperson("sdk-anna", ["sdk-g", "sdk-h"], CIFile(path("anna.jpg")), "安娜", "标签"),
    0,
    ("person_id", lambda d: d["person_id"] == "sdk-anna"),
    ("one face", lambda d: d["suc_face"] == 1 and d["face_id"]),
    ("two groups", lambda d: d["suc_group"] == 2 and sorted(d["group_ids"]) == ["sdk-g", "sdk-h"]),
)
expect("newperson again", client.face_newperson("sdk-anna", ["sdk-g"], CIBuffer(anna)), -1302)
expect(
    "newperson from bytes",
    client.face_newperson("sdk-hugo", ["sdk-g"], CIBuffer(open(path("hugo.jpg"), "rb").read())),
    0,
)
expect("newperson without a face", client.face_newperson("sdk-empty", ["sdk-g"], CIFile(path("nobody.jpg"))), -1101)
expect("newperson from no url", client.face_newperson("sdk-empty", ["sdk-g"], CIUrl("http://127.0.0.1:9/x.jpg")), -1308)
added = expect(
    "addface, one new and one known picture",
    client.face_addface("sdk-anna", CIFiles([path("bea.jpg"), path("anna.jpg")])),
    0,
    ("one added", lambda d: d["added"] == 1),
    ("codes in order", lambda d: d["ret_codes"] == [0, -1312]),
)
info = expect(
    "getinfo",
    client.face_getinfo("sdk-anna"),
    0,
    ("name and tag", lambda d: d["person_name"] == "安娜" and d["tag"] == "标签"),
    ("two faces", lambda d: len(d["face_ids"]) == 2 and made["face_id"] in d["face_ids"]),
    ("groups", lambda d: sorted(d["group_ids"]) == ["sdk-g", "sdk-h"]),
)
expect("setinfo", client.face_setinfo("sdk-anna", "Anna"), 0, ("id", lambda d: d["person_id"] == "sdk-anna"))
expect("getinfo after setinfo", client.face_getinfo("sdk-anna"), 0, ("name", lambda d: d["person_name"] == "Anna"))
expect("getgroupids", client.face_getgroupids(), 0, ("both", lambda d: {"sdk-g", "sdk-h"} <= set(d["group_ids"])))
expect(
    "getpersonids",
    client.face_getpersonids("sdk-g"),
    0,
    ("both", lambda d: sorted(d["person_ids"]) == ["sdk-anna", "sdk-hugo"]),
)
expect("getfaceids", client.face_getfaceids("sdk-anna"), 0, ("two", lambda d: len(d["face_ids"]) == 2))
expect(
    "getfaceinfo",
    client.face_getfaceinfo(made.get("face_id", "")),
    0,
    ("a box", lambda d: d["face_info"]["width"] > 40 and d["face_info"]["height"] > 40),
)
expect("detect", client.face_detect(CIBuffer(anna), 1), 0, ("one face", lambda d: len(d["face"]) == 1))
if nets:
    expect("shape", client.face_shape(CIBuffer(anna)), 0, ("22 points", lambda d: len(d["face_shape"][0]["mouth"]) == 22))
turned = CIFile(path("anna-turned.jpg"))
likeness = [("matches", lambda d: d["ismatch"] is True)] if nets else []
expect("verify", client.face_verify("sdk-anna", turned), 0, ("score", lambda d: 0 <= d["confidence"] <= 100), *likeness)
expect(
    "identify",
    client.face_identify("sdk-g", turned),
    0,
    ("the right one first", lambda d: d["candidates"][0]["person_id"] == "sdk-anna"),
)
expect(
    "compare",
    client.face_compare(CIFile(path("anna.jpg")), turned),
    0,
    ("similarity", lambda d: 0 <= d["similarity"] <= 100),
)
expect("compare, file and dead url", client.face_compare(CIUrl("http://127.0.0.1:9/x.jpg"), turned), -1308)
bea = [face for face in info.get("face_ids", []) if face != made.get("face_id")]
expect("delface", client.face_delface("sdk-anna", bea), 0, ("one gone", lambda d: d["deleted"] == 1 and d["face_ids"] == bea))
for person in ("sdk-anna", "sdk-hugo"):
    expect("delperson", client.face_delperson(person), 0, ("one gone", lambda d: d["deleted"] == 1))
wrong = Client(account["appid"], account["secret_id"], "another secret", account["bucket"])
expect("a wrong secret", wrong.face_getgroupids(), 14)

print("%d passed, %d failed" % (passed, failed))
sys.exit(1 if failed else 0)
