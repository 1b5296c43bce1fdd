// Visits built pages in headless Chromium, as readers do: light, dark, and on a phone.
//
//   node rederived/work/browser_check.mjs check CHROMIUM URL...        problems as JSON on stdout
//   node rederived/work/browser_check.mjs screenshot CHROMIUM URL PNG [--dark] [--phone] [--scroll SELECTOR]
//
// `rederived/work/browser.py` calls it; Chromium is the one that the machine has, playwright-core downloads none.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1", // the network is closed
];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const AT_ONCE = 3; // pages that are visited at the same time
const PATIENCE = 120_000; // milliseconds for a step; on a busy machine a pause is no failure

// What others write and our text cannot help: rule, the elements concerned, and who writes them.
const NOT_OURS = {
  "aria-required-children": ".citation-list", // docutils puts back-references into a list of citations
  "label-content-name-mismatch": "summary[aria-label], .search-button__button", // hidden cells of myst-nb; the theme
};

function launch(executablePath) {
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

// The page is ready when its letters are there; formulas were typeset when the book was built.
async function ready(page) {
  await page.evaluate(() => document.fonts.ready.then(() => null));
}

// Collects what goes wrong behind the page: anything asked of another machine, refused, or thrown.
function watch(page) {
  const problems = [];
  page.on("request", (r) => {
    const { protocol, hostname } = new URL(r.url());
    const here = ["localhost", "127.0.0.1"].includes(hostname);
    if (/^(https?|wss?):$/.test(protocol) && !here) problems.push(`external request: ${r.url()}`);
  });
  page.on("requestfailed", (r) => {
    const reason = r.failure()?.errorText;
    const left = reason === "net::ERR_ABORTED" && r.url().endsWith("favicon.svg"); // the check moved on before it came
    if (!left) problems.push(`failed request: ${r.url()} (${reason})`);
  });
  page.on("response", (r) => r.status() >= 400 && problems.push(`status ${r.status()}: ${r.url()}`));
  page.on("console", (m) => m.type() === "error" && problems.push(`console: ${m.text()}`));
  page.on("pageerror", (error) => problems.push(`script error: ${error}`));
  return problems;
}

// Runs in the page: what a reader would see as broken.
function inspect() {
  const problems = [];
  const name = (e) => e.outerHTML.slice(0, 120);
  const article = document.querySelector("article.bd-article, article") ?? document.body;
  for (const e of document.querySelectorAll("merror, mjx-merror, [data-mjx-error]")) {
    problems.push(`mathematics error: ${e.getAttribute("data-mjx-error") ?? e.textContent}`);
  }
  const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const code = text.parentElement.closest("code, pre, script, style, textarea, mjx-container, svg");
    if (!code && /\\[([]/.test(text.data)) problems.push(`mathematics not typeset: ${text.data.trim().slice(0, 80)}`);
  }
  // A phone zooms out until a page fits that is too wide, and its innerWidth grows; clientWidth stays.
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth + 1) {
    const wide = [...article.querySelectorAll("*")].find((e) => e.getBoundingClientRect().right > clientWidth + 1);
    problems.push(`page scrolls sideways: ${scrollWidth} > ${clientWidth}, by ${wide ? name(wide) : "the frame"}`);
  }
  for (const e of article.querySelectorAll("img")) {
    if (!e.alt?.trim()) problems.push(`image without alt text: ${name(e)}`);
    else if (!e.complete || e.naturalWidth === 0) problems.push(`image not shown: ${name(e)}`);
  }
  for (const e of article.querySelectorAll("svg, canvas")) {
    if (e.closest("mjx-container, button, .sd-octicon") || e.closest("[aria-hidden=true]")) continue;
    const named = e.closest("[role=img]");
    const label = named?.getAttribute("aria-label") || named?.getAttribute("aria-labelledby");
    if (!label) problems.push(`figure without role="img" and aria-label: ${name(e)}`);
  }
  return problems;
}

// Runs in the page: each slider must change what its figure draws.
async function drag() {
  const problems = [];
  // A change is drawn with the next frame; counted in frames, the wait is as long as a busy machine needs.
  const until = async (holds) => {
    for (let frame = 0; frame < 10 && !holds(); frame++) await new Promise(requestAnimationFrame);
    return holds();
  };
  for (const figure of document.querySelectorAll(".live-figure")) {
    const title = figure.id || figure.getAttribute("aria-label") || "live figure";
    figure.scrollIntoView();
    if (!(await until(() => figure.liveData?.length))) {
      problems.push(`${title}: nothing drawn (no liveData)`);
      continue;
    }
    const sliders = figure.querySelectorAll("input[type=range]");
    if (!sliders.length) problems.push(`${title}: no slider`);
    for (const slider of sliders) {
      const label = slider.getAttribute("aria-label") || slider.labels?.[0]?.textContent || slider.name;
      const before = JSON.stringify(figure.liveData);
      const value = slider.value;
      const move = (to) => {
        slider.value = to;
        for (const kind of ["input", "change"]) slider.dispatchEvent(new Event(kind, { bubbles: true }));
      };
      const far = Number(slider.max) - Number(value) > Number(value) - Number(slider.min) ? slider.max : slider.min;
      move(far);
      const moved = await until(() => JSON.stringify(figure.liveData) !== before);
      if (!moved) problems.push(`${title}: slider "${label}" changes nothing`);
      const drawn = [...figure.liveData].flatMap((row) => [...row]);
      if (drawn.some((v) => typeof v === "number" && !Number.isFinite(v))) {
        problems.push(`${title}: slider "${label}" at ${far} draws what is no number`);
      }
      move(value);
      if (!(await until(() => JSON.stringify(figure.liveData) === before))) {
        problems.push(`${title}: slider "${label}" does not come back`);
      }
    }
  }
  window.scrollTo(0, 0);
  return problems;
}

// Runs in the page: prepares it for axe-core, which needs seconds where many elements are the same to it, and returns
// the samples of colors that it has marked; those of earlier pages are `known`.
//
// Formulas are MathJax's; they keep their size and what they say. Colors follow from tags, classes and styles all the
// way up (and from even and odd rows), so of visible text alike in these the first, marked as a sample, is enough. The
// frame around the article is the theme's, lines of a drawing say nothing (its name and its words stay), and a word set
// in another face is a word.
function setAside(known) {
  const article = document.querySelector("article.bd-article, article") ?? document.body;
  const formulas = [...document.querySelectorAll("mjx-container")].map((e) => [e, e.getBoundingClientRect()]);
  for (const [formula, { width, height }] of formulas) {
    const display = formula.getAttribute("display") ? "block" : "inline-block";
    Object.assign(formula.style, { display, width: `${width}px`, height: `${height}px`, overflow: "hidden" });
    formula.textContent = formula.querySelector("math")?.textContent ?? formula.textContent;
  }
  const seen = new Set(known);
  const ways = new Map();
  const way = (e) => {
    if (!e) return "";
    if (!ways.has(e)) {
      const own = `${e.tagName}.${e.getAttribute("class") ?? ""}.${e.getAttribute("style") ?? ""}.${(e.rowIndex ?? 0) % 2}`;
      ways.set(e, `${way(e.parentElement)} ${own}`);
    }
    return ways.get(e);
  };
  const speaks = (e) => e.value !== undefined || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const samples = new Set();
  for (const e of article.querySelectorAll("*:not(mjx-container, script, style)")) {
    if (speaks(e) && !seen.has(way(e)) && e.checkVisibility()) {
      samples.add(e);
      seen.add(way(e));
    }
  }
  for (const sample of samples) sample.setAttribute("data-sample", "");
  for (const word of article.querySelectorAll(":is(span, em, strong, sub, sup, code):not(:has(*))")) {
    const plain = word.getAttributeNames().every((name) => ["class", "style"].includes(name));
    if (plain && !samples.has(word)) word.replaceWith(word.textContent);
  }
  for (const mute of article.querySelectorAll("wbr, svg :is(defs, use, path, rect, circle, line)")) mute.remove();
  for (const frame of document.querySelectorAll("body *:has(article) > :not(:has(article), article)")) {
    if (!article.contains(frame)) frame.remove();
  }
  return [...seen];
}

// Runs in the page, after axe-core: serious violations in what we write, not in the theme's frame nor inside MathJax's
// output. Markup is the same in the dark; colors are not.
async function accessibility([notOurs, onlyColors]) {
  const article = document.querySelector("article.bd-article, article") ?? document.body;
  const where = { include: [article], exclude: ["mjx-container"] };
  const runOnly = onlyColors ? { runOnly: ["color-contrast"] } : {};
  window.axe.configure({ rules: [{ id: "color-contrast", selector: "[data-sample]" }] });
  const { violations } = await window.axe.run(where, { resultTypes: ["violations"], elementRef: true, ...runOnly });
  return violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .flatMap((v) => v.nodes.filter((n) => !(v.id in notOurs && n.element?.matches(notOurs[v.id]))).map((n) => [v, n]))
    .slice(0, 20)
    .map(([v, n]) => `${v.id}: ${n.html.slice(0, 150)} (${n.any[0]?.message ?? v.help})`);
}

// Makes the window that of a desk, or of a phone: narrow, and touched instead of clicked.
async function resize(session, size, mobile) {
  await session.send("Emulation.setDeviceMetricsOverride", { ...size, deviceScaleFactor: 1, mobile });
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: mobile, maxTouchPoints: 1 });
}

// The reader's system turns light or dark, and the page follows.
async function turn(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
}

const look = async (page) => [...(await page.evaluate(inspect)), ...(await page.evaluate(drag))];

// The views in the order in which one page is turned from one to the next, as a reader turns a tablet: loading it again
// for each costs seconds. Every other page is loaded as a phone shows it. Where the formulas have been seen they are set
// aside, so that axe-core, and the style of every glyph in the dark, cost no seconds.
const SIZES = { light: [DESK, false], phone: [PHONE, true] };

async function open(page, { url, session }, view) {
  await resize(session, ...SIZES[view]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(url, { waitUntil: "load" });
  await ready(page);
  return look(page);
}

async function turnTo(page, { session }, view) {
  await resize(session, ...SIZES[view]);
  await page.waitForTimeout(400); // after 300 ms the theme looks which boxes scroll now, and lets keys reach them
  return look(page);
}

async function judge(page, { axe, known }) {
  for (const way of await page.evaluate(setAside, [...known])) known.add(way);
  await page.evaluate(axe);
  return page.evaluate(accessibility, [NOT_OURS, false]);
}

async function darken(page) {
  await turn(page, "dark");
  return [...(await look(page)), ...(await page.evaluate(accessibility, [NOT_OURS, true]))];
}

const ORDERS = [["light", "phone"], ["phone", "light"]];
const steps = ([first, second]) => [
  [first, (page, given) => open(page, given, first)],
  [second, (page, given) => turnTo(page, given, second)],
  ["light", judge],
  ["dark", darken],
];

// Scripts in the page have no time limit of their own.
async function inTime(work) {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`no answer in ${PATIENCE / 1000} s`)), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function visit(page, network, given) {
  const found = [];
  for (const [view, step] of steps(given.order)) {
    let problems;
    try {
      problems = await inTime(step(page, given));
    } catch (error) {
      problems = [`the check itself failed: ${error.message}`];
    }
    for (const problem of new Set([...network.splice(0), ...problems])) found.push({ url: given.url, view, problem });
  }
  return found;
}

async function check(executablePath, urls) {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const browser = await launch(executablePath);
  const found = new Map();
  const left = [...urls];
  const known = new Set(); // samples of colors; pages share their styles
  const work = async () => {
    // A window each: of the pages of one window only that in front draws at full speed.
    const context = await browser.newContext({ viewport: DESK, colorScheme: "light", reducedMotion: "reduce" });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const network = watch(page);
    const session = await context.newCDPSession(page);
    for (let url = left.shift(); url; url = left.shift()) {
      const order = ORDERS[urls.indexOf(url) % ORDERS.length];
      found.set(url, await visit(page, network, { url, order, axe, session, known }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await browser.close();
  process.stdout.write(JSON.stringify(urls.flatMap((url) => found.get(url))));
}

async function screenshot(executablePath, url, path, ...options) {
  const phone = options.includes("--phone");
  const browser = await launch(executablePath);
  const page = await browser.newPage({
    viewport: phone ? PHONE : DESK,
    ...(phone && { hasTouch: true, isMobile: true }),
    colorScheme: options.includes("--dark") ? "dark" : "light",
    reducedMotion: "reduce",
  });
  await page.goto(url, { waitUntil: "load" });
  await ready(page);
  const at = options.indexOf("--scroll");
  if (at >= 0) await page.locator(options[at + 1]).first().evaluate((e) => e.scrollIntoView({ block: "center" }));
  await page.waitForTimeout(500);
  await page.screenshot({ path, fullPage: options.includes("--full") });
  await browser.close();
}

const [command, ...rest] = process.argv.slice(2);
if (command === "check") await check(rest[0], rest.slice(1));
else if (command === "screenshot") await screenshot(...rest);
else throw new Error(`the command must be check or screenshot, but got ${command}`);
