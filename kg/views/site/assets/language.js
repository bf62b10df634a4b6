/* Which language the page shows, before anything is drawn: ?lang= of the address, else what was chosen last. */
"use strict";
window.kgLanguage = (() => {
  const asked = new URLSearchParams(location.search).get("lang");
  let kept = null;
  try { kept = localStorage.getItem("kg-lang"); } catch (e) { /* no storage here */ }
  const language = [asked, kept].find((l) => l === "en" || l === "zh") || "zh";
  document.documentElement.dataset.lang = language;
  document.documentElement.classList.add("js");
  return language;
})();
