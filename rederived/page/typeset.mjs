// Typesets formulas with MathJax, as `rederived/page/typeset.py` asks while the book is built.
//
//   node rederived/page/typeset.mjs < {"formulas": [[TeX, is it displayed], ...], "fonts": address of the fonts}
//
// writes {"results": [{"html"} or {"error"}, ...], "styles"} as JSON to stdout.

import { readFileSync } from "node:fs";
import mathjax from "mathjax";

const { formulas, fonts } = JSON.parse(readFileSync(0, "utf8"));

const MathJax = await mathjax.init({
  loader: { load: ["input/tex", "output/chtml", "a11y/assistive-mml"] },
  tex: {
    packages: { "[-]": ["noundefined"] }, // a macro that nobody defined is an error, not a red word
    formatError: (_, error) => { throw error; },
  },
  // All characters, so that the styles are the same whatever a page says; their size is left to the page's own styles.
  chtml: { fontURL: fonts, adaptiveCSS: false, matchFontHeight: false },
  startup: { typeset: false },
});
const { adaptor } = MathJax.startup;

const results = [];
for (const [tex, display] of formulas) {
  try {
    const formula = await MathJax.tex2chtmlPromise(tex, { display });
    adaptor.setAttribute(formula, "tabindex", "0"); // as in a page: what is too wide is reached, and scrolled, by keys
    results.push({ html: adaptor.outerHTML(formula) });
  } catch (error) {
    results.push({ error: error.message });
  }
}
process.stdout.write(JSON.stringify({ results, styles: adaptor.textContent(MathJax.chtmlStylesheet()) }));
