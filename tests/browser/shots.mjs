// Pictures of a report for the docs: node shots.mjs REPORT FOLDER NAME
import { join } from "node:path";
import { launch, open } from "./browser.mjs";

const [report, folder, name] = process.argv.slice(2);
const browser = await launch();

/// The playback some way on, with a force told of.
async function play(page, key) {
  const slider = page.locator("[data-part=slider]");
  await slider.fill(String(Math.round(0.4 * Number(await slider.getAttribute("max")))));
  await page.locator("[data-force][tabindex='0']").focus();
  for (let n = 0; n < key; n += 1) await page.keyboard.press("ArrowDown");
}

async function shot(what, options, body) {
  const { page, told, close } = await open(browser, report, options);
  await body(page);
  await page.waitForTimeout(700);
  if (told.length > 0) throw new Error(told.join("\n"));
  await page.screenshot({ path: join(folder, `${name}-${what}.png`) });
  await close();
}

/// Brings a part of the page to the upper edge of the window.
const to = (page, id) => page.locator(`#${id}`).evaluate((it) => it.scrollIntoView({ behavior: "instant", block: "start" }));

try {
  await shot("report", { width: 1440, motion: "reduce" }, (page) => to(page, "happened"));
  await shot("playback", { width: 1440, motion: "reduce" }, async (page) => {
    await play(page, 3);
    await to(page, "playback");
  });
  await shot("phone", { width: 400, theme: "dark", motion: "reduce" }, async (page) => {
    await play(page, 3);
    await to(page, "playback");
  });
} finally {
  await browser.close();
}
