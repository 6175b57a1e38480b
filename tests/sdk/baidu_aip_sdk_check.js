// Drives Baidu's own SDK for Node, unmodified, against a running engine.
//
//     NODE_PATH=<node_modules> node baidu_aip_sdk_check.js READY_FILE PICTURES
//
// The SDK names the vendor's host; its documented request interceptor turns requests to the server, and nothing else is
// changed. Prints a line per check and `N passed, M failed`; exits 1 if anything failed.

"use strict";

const fs = require("fs");
const path = require("path");
const { face: AipFace, HttpClient } = require("baidu-aip-sdk");

const ready = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const nets = ready.capabilities.includes("face-nets");
const account = ready.accounts["baidu-face"][0];
let passed = 0;
let failed = 0;

HttpClient.setRequestInterceptor((options) => {
  const url = options.url.replace(/^https?:\/\/aip\.baidubce\.com(:443)?/, ready.base_url);
  if (url === options.url) {
    throw new Error(`an unknown address: ${url}`);
  }
  return { ...options, url };
});

function picture(name) {
  return fs.readFileSync(path.join(process.argv[3], `${name}.jpg`)).toString("base64");
}

/** Checks the code with its type, then every condition on the result. */
function expect(what, answer, code, conditions = {}) {
  // Some of the SDK's clients hand the bytes over as they came.
  const read = Buffer.isBuffer(answer) ? JSON.parse(answer) : answer;
  const faults = [];
  if (!read || read.error_code !== code) {
    faults.push(`code ${code} expected`);
  } else {
    for (const [text, condition] of Object.entries(conditions)) {
      try {
        if (!condition(read.result)) faults.push(text);
      } catch (error) {
        faults.push(`${text} (${error})`);
      }
    }
  }
  if (faults.length > 0) {
    failed += 1;
    console.log(`FAIL ${what}: ${faults.join("; ")}; got ${JSON.stringify(read).slice(0, 400)}`);
  } else {
    passed += 1;
    console.log(`ok   ${what}`);
  }
  return (read && read.result) || {};
}

async function drive() {
  const client = new AipFace(account.app_id, account.api_key, account.secret_key);
  const [anna, turned, bea, nobody] = ["anna", "anna-turned", "bea", "nobody"].map(picture);
  const [g, h] = ["node_g", "node_h"];

  const seen = expect("detect", await client.detect(anna, "BASE64", { face_field: "age", max_face_num: "2" }), 0, {
    "one face": (r) => r.face_num === 1,
    "a token": (r) => r.face_list[0].face_token.length === 32,
    ...(nets ? { "an age": (r) => r.face_list[0].age > 0 } : {}),
  });
  const token = seen.face_list && seen.face_list[0].face_token;
  expect("detect without a face", await client.detect(nobody, "BASE64"), 222202);
  const pair = [
    { image: anna, image_type: "BASE64" },
    { image: turned, image_type: "BASE64" },
  ];
  expect("match", await client.match(pair), 0, {
    "two faces": (r) => r.face_list.length === 2,
    ...(nets ? { "the same person": (r) => r.score >= 80 } : {}),
  });
  expect("faceverify", await client.faceverify(pair.slice(0, 1)), 0);
  expect("groupAdd", await client.groupAdd(h), 0);
  expect("addUser", await client.addUser(anna, "BASE64", g, "anna", { user_info: "安娜" }), 0, {
    "the same token": (r) => r.face_token === token,
  });
  expect("addUser, another", await client.addUser(bea, "BASE64", g, "bea"), 0);
  expect("addUser, a strange level", await client.addUser(bea, "BASE64", g, "bea", { quality_control: "MIDDLE" }), 223118);
  expect("search", await client.search(nets ? turned : anna, "BASE64", g, { max_user_num: "2" }), 0, {
    "the right one first": (r) => r.user_list[0].user_id === "anna",
    "her information": (r) => r.user_list[0].user_info === "安娜",
  });
  expect("multi-search", await client.faceMultiSearchV3(anna, "BASE64", g), 0, {
    found: (r) => r.face_list[0].user_list[0].user_id === "anna",
  });
  expect("getUser", await client.getUser("anna", g), 0, { listed: (r) => r.user_list[0].group_id === g });
  expect("getGrouplist", await client.getGrouplist(), 0, { "the group": (r) => r.group_id_list.includes(g) });
  expect("getGroupUsers", await client.getGroupUsers(g), 0, { both: (r) => r.user_id_list.join() === "anna,bea" });
  expect("userCopy", await client.userCopy("anna", { src_group_id: g, dst_group_id: h }), 0);
  const updated = expect("updateUser", await client.updateUser(turned, "BASE64", g, "anna"), 0);
  expect("faceGetlist", await client.faceGetlist("anna", g), 0, { "the new one": (r) => r.face_list[0].face_token === updated.face_token });
  expect("faceDelete", await client.faceDelete("anna", g, updated.face_token), 0);
  expect("deleteUser", await client.deleteUser(h, "anna"), 0);
  expect("personVerify, a wrong number", await client.personVerify(anna, "BASE64", "123", "脸谱安"), 222022);
  expect("videoSessioncode", await client.videoSessioncode(), 0, { "a code": (r) => r.code.length >= 3 });
  expect("facePersonIdmatchV3", await client.facePersonIdmatchV3("990101199804120027", "脸谱安"), 0);
  if (nets) {
    expect("faceLandmarkV1", await client.faceLandmarkV1(anna, "BASE64"), 0, { points: (r) => r.face_list[0].landmark.length === 4 });
    const [template, target] = [anna, bea].map((image) => ({ image, image_type: "BASE64" }));
    const jpeg = (text) => Buffer.from(text, "base64").subarray(0, 2).toString("hex") === "ffd8";
    expect("faceMergeV1", await client.faceMergeV1(template, target), 0, { "a picture": (r) => jpeg(r.merge_image) });
    expect("faceSkinSmoothV1", await client.faceSkinSmoothV1(anna, "BASE64", "TO_KID"), 0, { "a picture": (r) => jpeg(r.image) });
  }
  for (const group of [g, h]) {
    expect("groupDelete", await client.groupDelete(group), 0);
  }
}

drive()
  .catch((error) => {
    failed += 1;
    console.log(`FAIL ${error.stack || error}`);
  })
  .then(() => {
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 ? 0 : 1);
  });
