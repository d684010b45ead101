// Playback of forces on the map. Data: the JSON island beside the figure; every word
// from a scenario is set as text.
(() => {
  "use strict";
  for (const root of document.querySelectorAll("[data-playback]")) {
    const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    const find = (name) => root.querySelector(`[data-part="${name}"]`);
    const [which, slider, play, back, on, speed, date, told, tip] = ["which", "slider", "play", "back", "on", "speed", "date", "told", "tip"].map(find);
    const marks = [...root.querySelectorAll("[data-force]")];
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    const last = data.dates.length - 1;
    let run = 0, at = 0, playing = false, before = 0, shown = null, current = 0;
    // The last entry of a force's list of [turn, ...] on or before a turn.
    const entry = (list, turn) => {
      let low = 0, high = list.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (list[middle][0] <= turn) low = middle; else high = middle - 1;
      }
      return low;
    };
    const place = () => {
      const forces = data.runs[run].forces;
      for (let n = 0; n < marks.length; n += 1) {
        const path = forces[n].path, k = entry(path, at), here = path[k], next = path[k + 1];
        let x = here[1], y = here[2];
        if (next && next[0] - here[0] <= 1 && !calm.matches) {
          const share = (at - here[0]) / (next[0] - here[0]);
          x += (next[1] - x) * share;
          y += (next[2] - y) * share;
        }
        marks[n].setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      }
    };
    const describe = () => {
      if (shown === null) {
        [...tip.children].forEach((row, n) => { row.textContent = n === 0 ? "No force chosen: point at one, or reach it with Tab." : ""; });
        return;
      }
      const turn = Math.floor(at), force = data.forces[shown], state = data.runs[run].forces[shown];
      const of = (list) => list.length && list[0][0] <= turn ? data.words[list[entry(list, turn)][1]] : "nothing";
      const rows = [force.title, `${force.party}; ${force.strength.toLocaleString("en")} persons at the start`, of(state.km),
        `True: ${of(state.truth)}`, `Recorded: ${of(state.recorded)}`, `Claimed: ${of(state.claimed)}`];
      [...tip.children].forEach((row, n) => { row.textContent = rows[n]; });
    };
    const label = () => {
      const turn = Math.floor(at);
      slider.value = String(turn);
      slider.setAttribute("aria-valuetext", data.dates[turn]);
      date.textContent = data.dates[turn];
      describe();
    };
    const go = (turn) => { at = Math.min(last, Math.max(0, turn)); place(); label(); };
    const say = () => { told.textContent = data.dates[Math.floor(at)]; };
    const frame = (now) => {
      if (!playing) return;
      const turn = Math.floor(at);
      at = Math.min(last, at + ((now - before) / 1000) * Number(speed.value));
      before = now;
      if (!calm.matches || Math.floor(at) !== turn) place();
      if (Math.floor(at) !== turn) label();
      if (at >= last) { stop(); return; }
      requestAnimationFrame(frame);
    };
    const stop = () => {
      playing = false;
      play.textContent = "Play";
      go(Math.floor(at));
      say();
    };
    const start = () => {
      if (at >= last) at = 0;
      playing = true;
      play.textContent = "Pause";
      before = performance.now();
      requestAnimationFrame(frame);
    };
    const step = (by) => { if (playing) stop(); go(Math.floor(at) + by); say(); };
    play.addEventListener("click", () => (playing ? stop() : start()));
    back.addEventListener("click", () => step(-1));
    on.addEventListener("click", () => step(1));
    slider.addEventListener("input", () => { if (playing) stop(); go(Number(slider.value)); });
    which.addEventListener("change", () => { run = Number(which.value); go(at); say(); });
    root.addEventListener("keydown", (event) => {
      const on_control = /^(SELECT|INPUT|BUTTON)$/.test(event.target.tagName);
      const force = event.target.closest("[data-force]");
      if (event.key === "Escape") { shown = null; describe(); return; }
      if (on_control || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === " ") { if (playing) stop(); else start(); }
      else if (event.key === "ArrowRight") step(1);
      else if (event.key === "ArrowLeft") step(-1);
      else if (event.key === "Home") step(-last);
      else if (event.key === "End") step(last);
      else if (force && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        marks[current].tabIndex = -1;
        current = (current + (event.key === "ArrowDown" ? 1 : marks.length - 1)) % marks.length;
        marks[current].tabIndex = 0;
        marks[current].focus();
      } else return;
      event.preventDefault();
    });
    marks.forEach((mark, n) => {
      mark.addEventListener("pointerenter", () => { shown = n; describe(); });
      mark.addEventListener("focus", () => { marks[current].tabIndex = -1; current = n; mark.tabIndex = 0; shown = n; describe(); });
      mark.addEventListener("pointerleave", () => { shown = document.activeElement === mark ? n : null; describe(); });
      mark.addEventListener("blur", () => { shown = null; describe(); });
    });
    find("controls").hidden = false;
    go(0);
  }
})();
