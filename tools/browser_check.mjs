// Visits built pages in headless Chromium, as readers do: light, dark, and on a phone.
//
//   node tools/browser_check.mjs check CHROMIUM URL...        problems as JSON on stdout
//   node tools/browser_check.mjs screenshot CHROMIUM URL PNG [--dark] [--phone] [--scroll SELECTOR]
//
// `tools/browser.py` calls it; Chromium is the one that the machine has, playwright-core downloads none.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const VIEWS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true, isMobile: true },
};

// What others write and our text cannot help: rule, the elements concerned, and who writes them.
const NOT_OURS = {
  "aria-required-children": ".citation-list", // docutils puts back-references into a list of citations
  "label-content-name-mismatch": "summary[aria-label], .search-button__button", // hidden cells of myst-nb; the theme
};

function launch(executablePath) {
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

// The page is ready when its mathematics is typeset and its live figures have drawn.
async function open(page, url) {
  const response = await page.goto(url, { waitUntil: "load" });
  await page.evaluate(async () => {
    await document.fonts.ready;
    if (window.MathJax?.startup?.promise) await window.MathJax.startup.promise;
  });
  return response;
}

async function watch(context, problems) {
  await context.route("**/*", (route) => {
    const { hostname } = new URL(route.request().url());
    if (["localhost", "127.0.0.1"].includes(hostname)) return route.continue();
    problems.push(`external request: ${route.request().url()}`);
    return route.abort();
  });
  context.on("requestfailed", (r) => {
    const reason = r.failure()?.errorText;
    const left = reason === "net::ERR_ABORTED" && r.url().endsWith("favicon.svg"); // the check moved on before it came
    if (!left) problems.push(`failed request: ${r.url()} (${reason})`);
  });
  context.on("response", (r) => r.status() >= 400 && problems.push(`status ${r.status()}: ${r.url()}`));
  context.on("console", (m) => m.type() === "error" && problems.push(`console: ${m.text()}`));
  context.on("weberror", (e) => problems.push(`script error: ${e.error()}`));
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
  const width = document.documentElement.scrollWidth;
  if (width > window.innerWidth + 1) {
    const wide = [...article.querySelectorAll("*")].find((e) => e.getBoundingClientRect().right > window.innerWidth + 1);
    problems.push(`page scrolls sideways: ${width} > ${window.innerWidth}, by ${wide ? name(wide) : "the frame"}`);
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
  const frame = () => new Promise((done) => setTimeout(done, 30));
  const until = async (holds) => {
    for (let i = 0; i < 100 && !holds(); i++) await frame();
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

// Runs in the page, after axe-core: serious violations in what we write, not in the theme's frame nor inside MathJax's
// output. Markup is the same in the dark; colors are not.
async function accessibility([notOurs, onlyColors]) {
  const article = document.querySelector("article.bd-article, article") ?? document.body;
  const where = { include: [article], exclude: ["mjx-container"] };
  const runOnly = onlyColors ? { runOnly: ["color-contrast"] } : {};
  const { violations } = await window.axe.run(where, { resultTypes: ["violations"], elementRef: true, ...runOnly });
  return violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .flatMap((v) => v.nodes.filter((n) => !(v.id in notOurs && n.element?.matches(notOurs[v.id]))).map((n) => [v, n]))
    .slice(0, 20)
    .map(([v, n]) => `${v.id}: ${n.html.slice(0, 150)} (${n.any[0]?.message ?? v.help})`);
}

// Visits pages in a wide or a narrow window; in the wide one the reader's system then turns dark, and the page follows.
async function visit(browser, view, urls) {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const found = [];
  const context = await browser.newContext({ ...VIEWS[view], reducedMotion: "reduce" });
  const network = [];
  await watch(context, network);
  const page = await context.newPage();
  for (const url of urls) {
    const report = (seen, problems) => {
      for (const problem of new Set([...network, ...problems])) found.push({ url, view: seen, problem });
      network.length = 0;
    };
    try {
      await page.emulateMedia({ colorScheme: "light" });
      await open(page, url);
      const problems = [...(await page.evaluate(inspect)), ...(await page.evaluate(drag))];
      if (view !== "phone") {
        await page.evaluate(axe);
        problems.push(...(await page.evaluate(accessibility, [NOT_OURS, false])));
      }
      report(view, problems);
      if (view === "phone") continue;
      await page.emulateMedia({ colorScheme: "dark" });
      await page.waitForFunction(() => document.documentElement.dataset.theme === "dark", null, { timeout: 5000 });
      const dark = [...(await page.evaluate(inspect)), ...(await page.evaluate(drag))];
      report("dark", [...dark, ...(await page.evaluate(accessibility, [NOT_OURS, true]))]);
    } catch (error) {
      report(view, [`the check itself failed: ${error.message}`]);
    }
  }
  await context.close();
  return found;
}

async function check(executablePath, urls) {
  const browser = await launch(executablePath);
  const half = Math.ceil(urls.length / 2);
  const visits = [["light", urls.slice(0, half)], ["light", urls.slice(half)], ["phone", urls]];
  const found = await Promise.all(visits.map(([view, some]) => visit(browser, view, some)));
  await browser.close();
  process.stdout.write(JSON.stringify(found.flat()));
}

async function screenshot(executablePath, url, path, ...options) {
  const view = options.includes("--phone") ? VIEWS.phone : VIEWS.light;
  const colorScheme = options.includes("--dark") ? "dark" : "light";
  const browser = await launch(executablePath);
  const context = await browser.newContext({ ...view, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await open(page, url);
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
