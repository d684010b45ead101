// A browser without a window, and what a page in it does wrong.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/// Starts Debian's Chromium, or the one that CHROMIUM names.
export function launch() {
  const executablePath =
    process.env.CHROMIUM ?? execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  // Root, as in a container, has no sandbox.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/// Opens a file. `told` fills with whatever the page says, asks for or starts that
/// it should not.
export async function open(browser, file, { width = 900, theme = "light", motion = "no-preference", before, clock = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: motion,
  });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const told = [];
  page.on("request", (it) => it.url().split("#")[0] === url || told.push(`asks for ${it.url().slice(0, 100)}`));
  page.on("console", (it) => ["error", "warning"].includes(it.type()) && told.push(`console: ${it.text()}`));
  page.on("pageerror", (it) => told.push(`error: ${it.message}`));
  page.on("popup", () => told.push("opens a window"));
  page.on("dialog", (it) => {
    told.push(`dialog: ${it.message()}`);
    return it.dismiss();
  });
  if (before) await page.addInitScript(before);
  if (clock) await page.clock.install();
  await page.goto(url);
  return { page, told, close: () => context.close() };
}

/// What axe-core finds: rule, and the first place of it.
export async function axeFindings(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map((it) => `${it.id} (${it.nodes.length}): ${it.nodes[0].html.slice(0, 160)} ${it.nodes[0].failureSummary}`);
  });
}

/// How far the page is wider than the window, in pixels, and what sticks out. The
/// boxes that scroll by themselves may hold more.
export function tooWide(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - room;
    if (over <= 0) return [];
    const out = [...document.body.querySelectorAll("*")].filter((it) => it.getBoundingClientRect().right > room + 0.5);
    return [`${over} px too wide: ${out.slice(0, 3).map((it) => it.outerHTML.slice(0, 80)).join(" | ")}`];
  });
}

/// Words of drawings whose contrast with what lies behind them is below 4.5 to 1.
/// axe does not look into drawings: each is photographed without its words, and the
/// median over the pixels behind each word counts. The rim of a word stays.
export async function faintWords(page) {
  const faint = [];
  // A drawing that fits the window is photographed in one go.
  await page.setViewportSize({ width: page.viewportSize().width, height: 1500 });
  const drawings = page.locator("svg:has(text):not(svg svg)");
  const helper = await page.context().newPage();
  const style = await page.addStyleTag({ content: "svg text { fill: transparent !important; } [data-force] { display: none; }" });
  const hide = (hidden) => style.evaluate((it, on) => (it.disabled = !on), hidden);
  await hide(false);
  const all = [];
  for (let n = 0; n < (await drawings.count()); n += 1) {
    const drawing = drawings.nth(n);
    if (!(await drawing.isVisible())) continue;
    all[n] = await drawing.evaluate((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")]
        .filter((it) => it.getClientRects().length > 0)
        .map((it) => {
          const box = it.getBoundingClientRect();
          return {
            words: it.textContent.trim(),
            fill: getComputedStyle(it).fill,
            box: [box.x - frame.x, box.y - frame.y, box.width, box.height],
          };
        });
    });
  }
  await hide(true);
  for (const [n, words] of all.entries()) {
    if (!words) continue;
    const picture = (await drawings.nth(n).screenshot()).toString("base64");
    faint.push(...(await helper.evaluate(contrast, { picture, words })));
  }
  await style.evaluate((it) => it.remove());
  await helper.close();
  return faint;
}

/// Runs in a page: WCAG's contrast of words with the pixels behind them.
async function contrast({ picture, words }) {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = (r, g, b) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const faint = [];
  for (const { words: text, fill, box } of words) {
    const [x, y, w, h] = box.map(Math.round);
    if (w < 1 || h < 1) continue;
    const own = light(...fill.match(/[\d.]+/g).slice(0, 3).map(Number));
    const { data } = canvas.getImageData(x, y, w, h);
    const all = [];
    for (let at = 0; at < data.length; at += 4) {
      const ground = light(data[at], data[at + 1], data[at + 2]);
      all.push((Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05));
    }
    const median = all.sort((a, b) => a - b)[all.length >> 1];
    if (median < 4.5) faint.push(`“${text}” ${fill}: ${median.toFixed(2)} to 1`);
  }
  return faint;
}
