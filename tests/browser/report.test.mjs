// Reports opened from disk in Chromium: what they look like, ask for and do.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axeFindings, faintWords, launch, open, tooWide } from "./browser.mjs";
import { make, NAMES } from "./pages.mjs";

const folder = mkdtempSync(join(tmpdir(), "disengage-pages-"));
const pages = make(folder);
let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/// A part of the playback by its name.
const part = (page, name) => page.locator(`[data-part="${name}"]`);
const date = (page) => part(page, "date").textContent();
const places = (page) => page.$$eval("[data-force]", (all) => all.map((it) => it.getAttribute("transform")));
const tip = (page) => part(page, "tip").locator("div").allTextContents();

/// Opens a page for one test, and holds it to saying and asking nothing.
async function on(name, options, body) {
  const it = await open(browser, pages[name], options);
  try {
    await body(it.page);
    assert.deepEqual(it.told, []);
  } finally {
    await it.close();
  }
}

/// A copy of a page with something changed.
function changed(name, from, to) {
  const text = readFileSync(pages[name], "utf8");
  assert.ok(text.includes(from), from);
  const file = join(folder, "changed.html");
  writeFileSync(file, text.replace(from, () => to));
  return file;
}

for (const name of Object.keys(pages)) {
  describe(`the page of: ${name}`, () => {
    for (const width of [400, 900, 1600]) {
      for (const theme of ["light", "dark"]) {
        test(`${width} px, ${theme}`, () =>
          on(name, { width, theme }, async (page) => {
            assert.deepEqual(await tooWide(page), []);
            assert.deepEqual(await axeFindings(page), []);
            if (width === 1600) assert.deepEqual(await faintWords(page), []);
            // What is folded is opened and looked at too.
            await page.$$eval("details", (all) => all.forEach((it) => (it.open = true)));
            assert.deepEqual(await tooWide(page), []);
          }));
      }
    }

    test("the button changes the theme, and contrast stays", () =>
      on(name, { width: 900 }, async (page) => {
        const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
        const light = await ground();
        await page.locator("#theme").click();
        const dark = await ground();
        assert.notEqual(dark, light);
        assert.equal(await page.locator("#theme").getAttribute("aria-pressed"), "true");
        assert.deepEqual(await axeFindings(page), []);
        await page.locator("#theme").click();
        assert.equal(await ground(), light);
      }));

    test("print has no controls, and all that is folded", () =>
      on(name, { theme: "dark" }, async (page) => {
        await page.evaluate(() => {
          const folded = () => document.querySelectorAll("details:not([open]):not(:has(pre))").length;
          window.seen = { before: folded() };
          window.addEventListener("beforeprint", () => (window.seen.printed = folded()));
        });
        await page.pdf();
        const { before, printed } = await page.evaluate(() => window.seen);
        assert.ok(before > 0);
        assert.equal(printed, 0);
        assert.equal(await page.evaluate(() => document.querySelectorAll("details:not([open]):not(:has(pre))").length), before);
        await page.emulateMedia({ media: "print" });
        const shown = await page.$$eval("nav, button, select, input, .skip, [data-part=tip]", (all) =>
          all.filter((it) => it.checkVisibility()).map((it) => it.outerHTML.slice(0, 80)),
        );
        assert.deepEqual(shown, []);
        const hidden = await page.$$eval("main section, main figure, main table, main h2, main figure > svg", (all) =>
          all.filter((it) => !it.checkVisibility()).map((it) => it.outerHTML.slice(0, 80)),
        );
        assert.deepEqual(hidden, []);
        // A map on paper says its date.
        for (const it of await part(page, "date").all()) assert.ok(await it.isVisible());
        // Paper is white, whatever the screen was.
        assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(255, 255, 255)");
      }));
  });
}

describe("the playback", () => {
  test("the slider moves forces and changes the date", () =>
    on("run", {}, async (page) => {
      const [first, from] = [await date(page), await places(page)];
      await part(page, "slider").scrollIntoViewIfNeeded();
      const box = await part(page, "slider").boundingBox();
      await page.mouse.click(box.x + 0.6 * box.width, box.y + box.height / 2);
      assert.notEqual(await date(page), first);
      const moved = (await places(page)).filter((it, n) => it !== from[n]);
      assert.ok(moved.length > 5, `${moved.length} moved`);
      const here = await date(page);
      await page.keyboard.press("ArrowRight");
      assert.notEqual(await date(page), here);
      assert.equal(await part(page, "slider").getAttribute("aria-valuetext"), await date(page));
      await part(page, "slider").fill("0");
      assert.equal(await date(page), first);
      assert.deepEqual(await places(page), from);
    }));

  test("play goes on, pause stops, and it ends on the last date", () =>
    on("run", { clock: true }, async (page) => {
      const turn = () => part(page, "slider").inputValue().then(Number);
      await part(page, "play").click();
      assert.equal(await part(page, "play").textContent(), "Pause");
      await page.clock.runFor(1000);
      const reached = await turn();
      assert.ok(reached >= 4 && reached <= 5, `turn ${reached} after a second at 5 dates a second`);
      await part(page, "play").click();
      assert.equal(await part(page, "play").textContent(), "Play");
      const [stopped, there] = [await turn(), await places(page)];
      await page.clock.runFor(2000);
      assert.equal(await turn(), stopped);
      assert.deepEqual(await places(page), there);
      assert.equal(await part(page, "told").textContent(), await date(page));
      await part(page, "play").click();
      await page.clock.runFor(30_000);
      assert.equal(await turn(), Number(await part(page, "slider").getAttribute("max")));
      assert.equal(await part(page, "play").textContent(), "Play");
    }));

  test("speed changes how many dates a second brings", () =>
    on("run", { clock: true }, async (page) => {
      for (const speed of [2, 5, 15]) {
        await part(page, "slider").fill("0");
        await part(page, "speed").selectOption(String(speed));
        await part(page, "play").click();
        await page.clock.runFor(2000);
        await part(page, "play").click();
        const turn = Number(await part(page, "slider").inputValue());
        assert.ok(Math.abs(turn - 2 * speed) <= 1, `${turn} dates in 2 s at ${speed} a second`);
      }
    }));

  test("buttons and keys step", () =>
    on("run", {}, async (page) => {
      const turn = () => part(page, "slider").inputValue().then(Number);
      await part(page, "on").click();
      await part(page, "on").click();
      assert.equal(await turn(), 2);
      await part(page, "back").click();
      assert.equal(await turn(), 1);
      const last = Number(await part(page, "slider").getAttribute("max"));
      await page.locator("[data-force][tabindex='0']").focus();
      for (const [key, at] of [["ArrowRight", 2], ["ArrowLeft", 1], ["End", last], ["ArrowRight", last], ["Home", 0], ["ArrowLeft", 0]]) {
        await page.keyboard.press(key);
        assert.equal(await turn(), at, key);
      }
      await page.keyboard.press(" ");
      assert.equal(await part(page, "play").textContent(), "Pause");
      await page.keyboard.press(" ");
      assert.equal(await part(page, "play").textContent(), "Play");
    }));

  test("focus and pointing tell name, party, strength, distance and three registers", () =>
    on("run", { width: 1600 }, async (page) => {
      const told = async () => {
        const [name, whose, km, ...registers] = await tip(page);
        assert.ok(name.length > 2, name);
        assert.match(whose, /^.+; [\d,]+ persons at the start$/);
        assert.match(km, /^\d+\.\d km from .+/);
        assert.deepEqual(registers.map((it) => it.split(": ")[0]), ["True", "Recorded", "Claimed"]);
        for (const it of registers) assert.ok(it.split(": ")[1].length > 3, it);
        return name;
      };
      assert.match((await tip(page))[0], /^No force chosen/);
      // By key: from the slider's neighbours to the forces, and along them.
      await page.locator("[data-force][tabindex='0']").focus();
      const names = [await told()];
      for (let n = 0; n < 4; n += 1) {
        await page.keyboard.press("ArrowDown");
        names.push(await told());
      }
      assert.equal(new Set(names).size, 5);
      await page.keyboard.press("ArrowUp");
      assert.equal(await told(), names[3]);
      assert.equal(await page.locator("[data-force][tabindex='0']").count(), 1);
      await page.keyboard.press("Escape");
      assert.match((await tip(page))[0], /^No force chosen/);
      await page.evaluate(() => document.activeElement.blur());
      // By pointer: the forces that nothing covers.
      await page.locator("[data-playback] svg").last().scrollIntoViewIfNeeded();
      const free = await page.$$eval("[data-force]", (all) =>
        all.flatMap((it) => {
          const box = it.getBoundingClientRect();
          const at = [box.x + box.width / 2, box.y + box.height / 2];
          return document.elementFromPoint(...at)?.closest("[data-force]") === it ? [{ at, label: it.getAttribute("aria-label") }] : [];
        }),
      );
      assert.ok(free.length > 10, `${free.length} can be pointed at`);
      for (const { at, label } of free.slice(0, 12)) {
        await page.mouse.move(...at);
        const name = await told();
        assert.ok(label.startsWith(`${name}, `), `${label} is told as ${name}`);
      }
      await page.mouse.move(1, 1);
      assert.match((await tip(page))[0], /^No force chosen/);
    }));

  test("best, median and worst replicate differ", () =>
    on("run", {}, async (page) => {
      await part(page, "slider").fill(await part(page, "slider").getAttribute("max"));
      const names = await part(page, "which").locator("option").allTextContents();
      assert.deepEqual(names.map((it) => it.replace(/ .*/, "")).sort(), ["best", "median", "worst"]);
      const ends = [];
      for (let n = 0; n < names.length; n += 1) {
        await part(page, "which").selectOption({ index: n });
        ends.push(JSON.stringify(await places(page)));
      }
      assert.equal(new Set(ends).size, 3);
    }));

  test("who wants less motion sees forces step, not glide", async () => {
    const between = (motion) =>
      new Promise((resolve, reject) =>
        on("run", { motion, clock: true }, async (page) => {
          assert.equal(
            await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior),
            motion === "reduce" ? "auto" : "smooth",
          );
          // Where forces stand on the dates.
          const stops = [];
          for (let n = 0; n <= 6; n += 1) {
            await part(page, "slider").fill(String(n));
            stops.push(JSON.stringify(await places(page)));
          }
          await part(page, "slider").fill("0");
          await part(page, "play").click();
          let elsewhere = 0;
          for (let n = 0; n < 20; n += 1) {
            await page.clock.runFor(50);
            elsewhere += !stops.includes(JSON.stringify(await places(page)));
          }
          assert.notEqual(await part(page, "slider").inputValue(), "0");
          resolve(elsewhere);
        }).catch(reject),
      );
    assert.equal(await between("reduce"), 0);
    assert.ok((await between("no-preference")) > 5);
  });

  test("no task of over 100 ms while playing all forces over all dates", async () => {
    assert.deepEqual(await best(pages.run), []);
  });

  test("words on the map can be read on any screen", async () => {
    for (const width of [400, 750, 900, 1600]) {
      await on("run", { width }, async (page) => {
        const sizes = await page.$$eval("[data-playback] .board > svg text", (all) =>
          all
            .filter((it) => it.getBoundingClientRect().width > 0)
            .map((it) => Number.parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a),
        );
        assert.ok(sizes.length > 15, `${sizes.length} words`);
        assert.ok(Math.min(...sizes) >= 7, `${Math.min(...sizes)} px at ${width} px`);
      });
    }
  });
});

/// Tasks of over 100 ms while a page plays from its first date to its last. A busy
/// machine can stop any task for a while, so the best of three tries counts: what the
/// page itself does it does in all of them.
async function best(file) {
  let found;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    found = await longTasks(file);
    if (found.length === 0) break;
  }
  return found;
}

async function longTasks(file) {
  const { page, close } = await open(browser, file, { width: 1600 });
  try {
    await part(page, "play").scrollIntoViewIfNeeded();
    await part(page, "speed").selectOption("15");
    await page.waitForTimeout(300);
    await page.evaluate(() => {
      window.long = [];
      window.frames_seen = 0;
      window.watch = new PerformanceObserver((list) => window.long.push(...list.getEntries().map((it) => it.duration)));
      window.watch.observe({ type: "longtask" });
      const count = () => {
        window.frames_seen += 1;
        requestAnimationFrame(count);
      };
      count();
    });
    await part(page, "play").click();
    await page.waitForFunction(() => {
      const slider = document.querySelector("[data-part=slider]");
      return slider.value === slider.max;
    }, null, { timeout: 60_000, polling: 200 });
    await page.waitForTimeout(100);
    const { tasks, frames } = await page.evaluate(() => ({ tasks: window.long, frames: window.frames_seen }));
    assert.ok(frames > 30, `${frames} frames`);
    return tasks.filter((it) => it > 100).map((it) => `${it} ms`);
  } finally {
    await close();
  }
}

test("names from a file are words and nothing else", () =>
  on("hostile", {}, async (page) => {
    // The page has no image and no script but its own.
    assert.equal(await page.locator("img").count(), 0);
    const scripts = await page.$$eval("script", (all) => all.map((it) => it.textContent.length));
    assert.equal(scripts.length, 3);
    const text = await page.locator("body").innerText();
    // What is not seen but turns the direction of words is shown as an escape.
    const escape = (c) => `\\u{${c.codePointAt(0).toString(16)}}`;
    const shown = NAMES.map((name) => name.replace(/[\u202a-\u202e]/gu, escape));
    assert.notDeepEqual(shown, NAMES);
    for (const name of shown) assert.ok(text.includes(name.slice(0, 20).trim()), name);
    // And in the playback, where a script puts them.
    await page.locator("[data-force][tabindex='0']").focus();
    for (let n = 0; n < 3; n += 1) {
      const [name] = await tip(page);
      assert.ok(shown.includes(name), name);
      assert.equal(await part(page, "tip").locator("script, img, b").count(), 0);
      assert.deepEqual(await tooWide(page), []);
      await page.keyboard.press("ArrowDown");
    }
    const links = await page.$$eval("a[href]", (all) => all.map((it) => it.getAttribute("href")));
    assert.deepEqual(links.filter((it) => !/^(#|https?:)/.test(it)), []);
  }));

// A check that cannot fail shows nothing: each is held against a planted fault.
describe("a planted fault is found:", () => {
  const found = async (from, to, look, options) => {
    const it = await open(browser, changed("comparison", from, to), { width: 900, ...options });
    try {
      await it.page.waitForTimeout(200);
      return { told: it.told, seen: await look(it.page) };
    } finally {
      await it.close();
    }
  };
  const nothing = async () => [];
  for (const [what, to] of [
    ["a picture from elsewhere", '<img alt="" src="https://example.invalid/a.png">'],
    ["a file beside the page", '<img alt="" src="other.png">'],
    ["a warning", '<script>console.warn("careful")</script>'],
    ["a script that fails", "<script>nothing.there()</script>"],
    ["a dialog", "<script>alert(1)</script>"],
  ]) {
    test(what, async () => {
      const { told } = await found("</main>", `${to}</main>`, nothing);
      assert.notDeepEqual(told, []);
    });
  }
  test("something too wide", async () => {
    const { seen } = await found("</main>", '<div style="width:120vw">wide</div></main>', tooWide);
    assert.equal(seen.length, 1);
  });
  test("faint words", async () => {
    const { seen } = await found("</main>", '<p style="color:#999;background:#fff">faint</p></main>', axeFindings);
    assert.match(seen.join(), /color-contrast/);
  });
  test("faint words of a drawing", async () => {
    const drawing = '<svg width="200" height="40"><rect width="200" height="40" fill="#fff"/><text x="5" y="25" fill="#999">faint</text></svg>';
    const { seen } = await found("</main>", `${drawing}</main>`, faintWords);
    assert.match(seen.join(), /faint/);
  });
  test("a control without a name", async () => {
    const { seen } = await found("</main>", "<input></main>", axeFindings);
    assert.match(seen.join(), /label/);
  });
  test("a long task while playing", async () => {
    const busy = "const end = performance.now() + 130; while (performance.now() < end); const turn = Math.floor(at);";
    const file = changed("run", "const turn = Math.floor(at);\n      at =", `${busy}\n      at =`);
    assert.notDeepEqual(await longTasks(file), []);
  });
});
