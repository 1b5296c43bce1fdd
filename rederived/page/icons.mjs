// Draws the icons of the theme, as `rederived/page/icons.py` asks while the book is built.
//
//   node rederived/page/icons.mjs SCRIPT < ["bars", ...]
//
// SCRIPT is the theme's Font Awesome, which holds every icon; the answer on stdout is {name: [width, height, path]}.

import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

const window = {}; // without a document the script has nothing to draw in, and only says what it knows
runInNewContext(readFileSync(process.argv[2], "utf8"), { window });
const known = window.___FONT_AWESOME___.styles;
const drawn = {};
for (const name of JSON.parse(readFileSync(0, "utf8"))) {
  const [width, height, , , path] = known.fas[name] ?? known.fab[name] ?? [];
  if (path) drawn[name] = [width, height, path];
}
process.stdout.write(JSON.stringify(drawn));
