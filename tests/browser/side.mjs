// Opens a page of implementations side by side in Chromium as a reader would, and prints what it found as one JSON object.
// Usage: node side.mjs NODE_MODULES CHROMIUM PAGE [FOLDER FOR PICTURES]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, chromium, page, pictures] = process.argv.slice(2);
const need = createRequire(pathToFileURL(modules + "/"));
const { default: puppeteer } = await import(pathToFileURL(need.resolve("puppeteer-core")));
const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
const tab = await browser.newPage();
const requests = [];
const complaints = [];
tab.on("request", (request) => requests.push(request.url().slice(0, 80)));
tab.on("pageerror", (error) => complaints.push(String(error)));
tab.on("console", (line) => { if (line.type() === "error") complaints.push(line.text()); });
await tab.setViewport({ width: 1280, height: 900 });
await tab.goto(pathToFileURL(page).href);
const milliseconds = await tab.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
const picture = async (name) => { if (pictures) await tab.screenshot({ path: `${pictures}/${name}.png` }); };
const violations = async () => {
  const found = await tab.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations);
  return found.map((one) => `${one.id} (${one.impact}) at ${one.nodes.length}: ${one.nodes[0].html.slice(0, 120)}`);
};
await tab.evaluate(axe);
const light = await violations();
await picture("side-light");
await tab.click("#theme");
const dark = await violations();
await picture("side-dark");

// The keyboard alone: to the filter, a word, then what agrees left out.
const found = () => tab.$eval("#found", (line) => line.textContent);
const all = await found();
await tab.keyboard.press("/");
await tab.keyboard.type("getinfo");
const named = await found();
const labels = await tab.$$eval(".side tbody tr:not([hidden]) th[scope=row]", (heads) => heads.map((head) => head.textContent));
const headless = await tab.$$eval(".side tbody:not([hidden])", (bodies) => bodies.filter((body) => {
  const first = [...body.rows].find((row) => !row.hidden);
  return !first.querySelector("th[scope=rowgroup]");
}).length);
await tab.keyboard.press("Tab");
await tab.keyboard.press("Space");
const different = await found();
await picture("side-filtered");

// Without JavaScript the page still says everything.
await tab.setJavaScriptEnabled(false);
await tab.reload();
const text = await tab.$eval("main", (main) => main.innerText.length).catch(() => -1);
await browser.close();
console.log(JSON.stringify({ milliseconds, requests, complaints, light, dark, all, named, labels, headless, different, text }));
