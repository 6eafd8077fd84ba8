// Language and theme: chosen by a button, remembered where the browser allows it.
(function () {
  "use strict";
  var root = document.documentElement;
  function remembered(key) {
    try { return window.localStorage.getItem(key); } catch (error) { return null; }
  }
  function remember(key, value) {
    try { window.localStorage.setItem(key, value); } catch (error) { /* it is only a comfort */ }
  }
  function speak(language) {
    root.lang = language;
    document.querySelectorAll("[data-en][data-zh]").forEach(function (element) {
      element.textContent = element.dataset[language];
    });
    document.dispatchEvent(new CustomEvent("language"));
  }
  function paint(theme) {
    if (theme === "light" || theme === "dark") { root.dataset.theme = theme; }
  }
  var language = remembered("launchpolicy-language");
  speak(language === "en" || language === "zh" ? language : root.lang);
  paint(remembered("launchpolicy-theme"));
  document.getElementById("language").addEventListener("click", function () {
    var next = root.lang === "zh" ? "en" : "zh";
    remember("launchpolicy-language", next);
    speak(next);
  });
  // The line of each page of paper is a string of CSS; the scripts of the page have set its filter.
  window.addEventListener("beforeprint", function () {
    document.getElementById("printed").textContent = new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC";
    var parts = [];
    document.querySelectorAll(".paper [data-part]").forEach(function (part) {
      var words = Array.prototype.filter.call(part.childNodes, function (node) { return !node.lang || node.lang === root.lang; });
      parts.push(words.map(function (node) { return node.textContent; }).join("").trim());
    });
    var line = parts.filter(Boolean).join(" · ").replace(/[\u0000-\u001f]+/g, " ").replace(/["\\]/g, "\\$&");
    root.style.setProperty("--paper-line", '"' + line + '"');
  });
  document.getElementById("theme").addEventListener("click", function () {
    var dark = root.dataset.theme ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    paint(dark ? "light" : "dark");
    remember("launchpolicy-theme", root.dataset.theme);
  });
}());
