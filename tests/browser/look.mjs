// Opens a report in Chromium as a reader would, and prints what it found as one JSON object.
// Usage: node look.mjs NODE_MODULES CHROMIUM PAGE [FOLDER FOR PICTURES]
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
const picture = async (name, options = {}) => { if (pictures) await tab.screenshot({ path: `${pictures}/${name}.png`, ...options }); };

const violations = async () => {
  const found = await tab.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations);
  return found.map((one) => `${one.id} (${one.impact}) at ${one.nodes.length}: ${one.nodes[0].html.slice(0, 120)}`);
};
await tab.evaluate(axe);
const light = await violations();
await picture("light");
await tab.click("#theme");
const dark = await violations();
await picture("dark");
await tab.click("#theme");

// The keyboard alone: into the first matrix, along its cells, to the scenarios of one.
await tab.focus(".grid td[tabindex='0']");
const label = () => tab.evaluate(() => document.activeElement.getAttribute("aria-label"));
const cells = [await label()];
await tab.keyboard.press("ArrowRight");
cells.push(await label());
await tab.keyboard.press("ArrowDown");
cells.push(await label());
await tab.keyboard.press("Enter");
await new Promise((done) => setTimeout(done, 200));
const found = await tab.$eval("#found", (line) => line.textContent);
const listed = await tab.$$eval("#list tbody tr", (rows) => rows.length);
await picture("list");
await tab.click(".filters button[type=reset]");
await new Promise((done) => setTimeout(done, 200));
await tab.select("#f-verdict", "2");
const failing = await tab.$$eval("#list tbody tr td:first-child", (cells) => [...new Set(cells.map((cell) => cell.textContent.trim()))]);
const heading = await tab.$("#deviations");
if (heading) await picture("deviations", { clip: { ...(await heading.boundingBox()), height: 1400 } });
const loaded = await tab.$$eval("img", (images) => images.map((image) => image.naturalWidth > 0));

// Printed, everything that is folded is unfolded.
const pdf = await tab.pdf({ format: "A4" });
const folded = await tab.$$eval("details:not([open])", (parts) => parts.length);

// Without JavaScript the page still says everything that matters.
await tab.setJavaScriptEnabled(false);
await tab.reload();
const text = await tab.$eval("main", (main) => main.innerText.length).catch(() => -1);
await browser.close();
console.log(JSON.stringify({ milliseconds, requests, complaints, light, dark, cells, found, listed, failing, loaded, pdf: pdf.length, folded, text }));
