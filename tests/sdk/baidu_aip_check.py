"""Drives Baidu's own SDK for Python, unmodified, against a running engine.

    python baidu_aip_check.py READY_FILE PICTURES

READY_FILE holds the server's ready line, PICTURES the drawn portraits. The SDK names the vendor's hosts and has no option
for others, so requests are turned to the server on their way out, below the SDK: address and scheme change, everything
else stays as the SDK wrote it. Prints a line per check and `N passed, M failed`; exits 1 if anything failed.
"""

import base64
import json
import os
import sys
from urllib.parse import urlsplit, urlunsplit

import requests

ready = json.load(open(sys.argv[1], encoding="utf-8"))
pictures = sys.argv[2]
base = urlsplit(ready["base_url"])
plain_send = requests.adapters.HTTPAdapter.send


def send(self, request, **options):
    there = urlsplit(request.url)
    assert there.hostname == "aip.baidubce.com", request.url
    request.headers.setdefault("Host", there.netloc)
    request.url = urlunsplit((base.scheme, base.netloc, there.path, there.query, ""))
    return plain_send(self, request, **{**options, "proxies": {}})


requests.adapters.HTTPAdapter.send = send

from aip import AipFace  # noqa: E402  (after requests are turned)

nets = "face-nets" in ready["capabilities"]
passed = failed = 0


def picture(name):
    with open(os.path.join(pictures, name), "rb") as file:
        return base64.b64encode(file.read()).decode()


def expect(what, answer, code, *conditions):
    """Checks the code with its type, then every condition on the result."""
    global passed, failed
    faults = []
    if not (isinstance(answer, dict) and type(answer.get("error_code")) is int and answer["error_code"] == code):
        faults.append("code %r expected" % code)
    else:
        for text, condition in conditions:
            try:
                right = condition(answer.get("result"))
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
    return (answer.get("result") or {}) if isinstance(answer, dict) else {}


def drive(mode, client, prefix):
    """Every kind of call; `prefix` keeps the groups of two runs apart."""
    g, h = prefix + "_g", prefix + "_h"
    anna, turned, bea, nobody = (picture(name + ".jpg") for name in ("anna", "anna-turned", "bea", "nobody"))

    def check(what, answer, code, *conditions):
        return expect("%s: %s" % (mode, what), answer, code, *conditions)

    seen = check(
        "detect",
        client.detect(anna, "BASE64", {"face_field": "age,gender,quality", "max_face_num": 2}),
        0,
        ("one face", lambda r: r["face_num"] == 1 and len(r["face_list"]) == 1),
        ("a token", lambda r: len(r["face_list"][0]["face_token"]) == 32),
        ("a place", lambda r: r["face_list"][0]["location"]["width"] > 40),
        *([("an age", lambda r: r["face_list"][0]["age"] > 0)] if nets else []),
    )
    token = seen["face_list"][0]["face_token"] if seen else ""
    check("detect without a face", client.detect(nobody, "BASE64"), 222202)
    check("detect by token", client.detect(token, "FACE_TOKEN"), 0, ("one face", lambda r: r["face_num"] == 1))
    pair = [{"image": anna, "image_type": "BASE64"}, {"image": turned, "image_type": "BASE64", "face_type": "LIVE"}]
    check(
        "match",
        client.match(pair),
        0,
        ("two faces", lambda r: len(r["face_list"]) == 2),
        *([("the same person", lambda r: r["score"] >= 80)] if nets else []),
    )
    check("match of one", client.match(pair[:1]), 222208)
    check("faceverify", client.faceverify(pair[:1]), 0, ("thresholds", lambda r: r["thresholds"]["frr_1e-4"] == 0.05))
    added = check(
        "addUser",
        client.addUser(anna, "BASE64", g, "anna", {"user_info": "安娜"}),
        0,
        ("the same token", lambda r: r["face_token"] == token),
    )
    check("addUser, the same picture", client.addUser(anna, "BASE64", g, "anna"), 223105)
    check("addUser, another", client.addUser(bea, "BASE64", g, "bea"), 0)
    check(
        "search",
        client.search(turned if nets else anna, "BASE64", g, {"max_user_num": 2}),
        0,
        ("the right one first", lambda r: r["user_list"][0]["user_id"] == "anna"),
        ("her information", lambda r: r["user_list"][0]["user_info"] == "安娜"),
    )
    check("search in no group", client.search(anna, "BASE64", prefix + "_none"), 223100)
    check(
        "multiSearch",
        client.multiSearch(anna, "BASE64", g),
        0,
        ("found", lambda r: r["face_list"][0]["user_list"][0]["user_id"] == "anna"),
    )
    check("getUser", client.getUser("anna", g), 0, ("information", lambda r: r["user_list"][0]["user_info"] == "安娜"))
    check("getGroupList", client.getGroupList(), 0, ("the group", lambda r: g in r["group_id_list"]))
    check("getGroupUsers", client.getGroupUsers(g), 0, ("both", lambda r: r["user_id_list"] == ["anna", "bea"]))
    check("groupAdd", client.groupAdd(h), 0, ("nothing", lambda r: r is None))
    check("groupAdd again", client.groupAdd(h), 223101)
    check("userCopy", client.userCopy("anna", {"src_group_id": g, "dst_group_id": h}), 0)
    check("getUser everywhere", client.getUser("anna", "@ALL"), 0, ("two groups", lambda r: len(r["user_list"]) >= 2))
    updated = check("updateUser", client.updateUser(turned, "BASE64", g, "anna"), 0)
    check(
        "faceGetlist",
        client.faceGetlist("anna", g),
        0,
        ("the new face alone", lambda r: [f["face_token"] for f in r["face_list"]] == [updated["face_token"]]),
    )
    check("faceDelete, not there", client.faceDelete("anna", g, added["face_token"]), 223106)
    check("faceDelete", client.faceDelete("anna", g, updated["face_token"]), 0)
    check("getUser without a face", client.getUser("anna", g), 223103)
    check("deleteUser", client.deleteUser(h, "anna"), 0)
    check("personVerify, a wrong number", client.personVerify(anna, "BASE64", "123", "脸谱安"), 222022)
    verified = client.personVerify(turned, "BASE64", "990101199804120027", "脸谱安")
    check("personVerify", verified, 0, ("a score", lambda r: 0 <= r["score"] <= 100), *([("hers", lambda r: r["score"] >= 80)] if nets else []))
    check("videoSessioncode", client.videoSessioncode(), 0, ("a code", lambda r: len(r["code"]) >= 3))
    check("facePersonIdmatchV3", client.facePersonIdmatchV3("990101199804120027", "脸谱安"), 0)
    if nets:
        sides = [{"image": picture, "image_type": "BASE64"} for picture in (anna, bea)]

        def jpeg(text):
            return base64.b64decode(text).startswith(b"\xff\xd8")

        check("faceLandmarkV1", client.faceLandmarkV1(anna, "BASE64"), 0, ("points", lambda r: len(r["face_list"][0]["landmark"]) == 4))
        check("faceMergeV1", client.faceMergeV1(*sides), 0, ("a picture", lambda r: jpeg(r["merge_image"])))
        check("faceSkinSmoothV1", client.faceSkinSmoothV1(anna, "BASE64", "TO_OLD"), 0, ("a picture", lambda r: jpeg(r["image"])))
    for group in (g, h):
        check("groupDelete", client.groupDelete(group), 0)


account = ready["accounts"]["baidu-face"][0]
drive("token", AipFace(account["app_id"], account["api_key"], account["secret_key"]), "py")

cloud = AipFace(account["app_id"], account["api_key"], account["secret_key"])
cloud._isCloudUser = True  # what the SDK decides by itself when a token's scope lacks its word
drive("bce-auth", cloud, "bce")

wrong = AipFace(account["app_id"], account["api_key"], "another secret")
expect("a wrong secret is signed with, and refused", wrong.getGroupList(), 14)

print("%d passed, %d failed" % (passed, failed))
sys.exit(1 if failed else 0)
