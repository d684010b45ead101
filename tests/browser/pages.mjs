// The pages that are looked at: reports made by the program itself.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/// Names that try to be more than words.
export const NAMES = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(2)>',
  "</script><script>alert(3)</script>",
  "שלום עליכם \u202e gnirts",
  "مرحبا بالعالم",
  "🛡️🕊️👩‍👩‍👧‍👦 guard",
  `Long${"x".repeat(296)}`,
  "W".repeat(20) + " " + "long words ".repeat(25),
  "javascript:alert(4) ${alert(5)} {{alert(6)}} &lt;b&gt;",
];

/// The teaching scenario with such a name on whatever can be called something.
function hostile() {
  let next = 0;
  const name = () => JSON.stringify(NAMES[next++ % NAMES.length]);
  let titled = false;
  return readFileSync(join(root, "scenarios", "teaching.toml"), "utf8")
    .replace(/^title = .*\n/gm, "")
    .replace(/, title = "[^"]*"/g, "")
    .split("\n")
    .map((line) => {
      if (line.startsWith("[[")) titled = /^\[\[(line|clause|monitor)\]\]/.test(line);
      if (line.startsWith("schema = ")) {
        return `${line}\ntitle = ${name()}\nsummary = ${JSON.stringify(NAMES.join(" "))}`;
      }
      if (titled && line.startsWith("id = ")) return `${line}\ntitle = ${name()}`;
      return line.replace(/\{ id = "[^"]*"/g, (it) => `${it}, title = ${name()}`);
    })
    .concat(`[[source]]\nid = "paper"\ntitle = ${name()}\nurl = "javascript:alert(7)"\n`)
    .join("\n");
}

/// Makes every page below a folder; gives its path by name.
export function make(folder) {
  const program = process.env.DISENGAGE ?? join(root, "target", "release", "disengage");
  if (!existsSync(program)) {
    throw new Error(`${program} is not there: cargo build --release, or set DISENGAGE`);
  }
  const run = (...words) => execFileSync(program, words, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const file = join(folder, "hostile.toml");
  writeFileSync(file, hostile());
  const terms = "clause.pullback.min_km,clause.pullback.target_km=15:20,20:30,30:40";
  const made = {
    run: ["run", "southwest-syria-2018", "-n", "20", "--no-charts"],
    comparison: ["compare", "teaching", "-n", "30", "--vary", terms, "--no-charts"],
    sweep: ["sweep", "teaching", "-n", "20", "--vary", terms, "--vary", "conduct.north.pressure=0.6,0.9,1.2", "--no-charts"],
    tornado: ["sweep", "teaching", "-n", "40", "--design", "one-at-a-time", "--vary", terms, "--vary", "conduct.north.pressure=0.6,1.2", "--no-charts"],
    hostile: ["run", file, "-n", "20", "--no-charts"],
  };
  const pages = {};
  for (const [name, words] of Object.entries(made)) {
    run(...words, "-o", join(folder, name));
    run("report", join(folder, name));
    pages[name] = join(folder, name, "report.html");
  }
  return pages;
}
