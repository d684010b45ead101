"use strict";
(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const preferred = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () =>
    (root.dataset.theme ?? (preferred.matches ? "dark" : "light")) === "dark";
  const show = () => {
    button.setAttribute("aria-pressed", String(dark()));
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    show();
  });
  preferred.addEventListener("change", show);
  // What is folded is printed too.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")].filter(
      (it) => !it.querySelector("pre"),
    );
    folded.forEach((it) => (it.open = true));
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((it) => (it.open = false));
  });
  show();
})();
