// The table of launches: search, filters, order and pages, kept in the address so that it can be sent.
(function () {
  "use strict";
  var PAGE = 20;
  var form = document.getElementById("filters");
  var body = document.querySelector("#table tbody");
  var rows = Array.prototype.slice.call(body.rows);
  var count = document.getElementById("count");
  var before = document.getElementById("before");
  var after = document.getElementById("after");
  var pageLabel = document.getElementById("page");
  var page = 0, order = null, shown = rows;

  function wanted() {
    var found = {};
    Array.prototype.forEach.call(form.elements, function (each) {
      if (!each.name) { return; }
      if (each.type === "checkbox" ? each.checked : each.value) { found[each.name] = each.value; }
    });
    return found;
  }
  function matches(row, asked) {
    return Object.keys(asked).every(function (name) {
      if (name === "q") {
        return asked.q.toLowerCase().split(/\s+/).every(function (word) {
          return row.dataset.words.indexOf(word) >= 0;
        });
      }
      if (name === "person" || name === "month") {
        return row.dataset[name].split(" ").indexOf(asked[name]) >= 0;
      }
      return row.dataset[name] === asked[name];
    });
  }
  function draw() {
    var pages = Math.max(1, Math.ceil(shown.length / PAGE));
    page = Math.min(page, pages - 1);
    var visible = new Set(shown.slice(page * PAGE, (page + 1) * PAGE));
    rows.forEach(function (row) { row.hidden = !visible.has(row); });
    before.disabled = page === 0;
    after.disabled = page >= pages - 1;
    pageLabel.textContent = (page + 1) + " / " + pages;
    var language = document.documentElement.lang === "zh" ? "zh" : "en";
    count.textContent = count.dataset[language]
      .replace("{shown}", String(shown.length)).replace("{all}", String(rows.length));
  }
  function sort() {
    if (!order) { return; }
    rows.sort(function (one, other) {
      var a = one.dataset[order.name], b = other.dataset[order.name];
      return (a < b ? -1 : a > b ? 1 : 0) * order.way;
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }
  function filter() {
    var asked = wanted();
    shown = rows.filter(function (row) { return matches(row, asked); });
    page = 0;
    draw();
    var address = new URLSearchParams(asked).toString();
    try { window.history.replaceState(null, "", address ? "#" + address : "#launches"); } catch (error) { /* from a file */ }
  }
  function restore() {
    var asked = new URLSearchParams(window.location.hash.slice(1));
    Array.prototype.forEach.call(form.elements, function (each) {
      if (!each.name || !asked.has(each.name)) { return; }
      if (each.type === "checkbox") { each.checked = true; } else { each.value = asked.get(each.name); }
    });
    if (Array.from(asked.keys()).some(function (name) { return form.elements[name]; })) { filter(); } else { draw(); }
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { window.setTimeout(filter, 0); });
  before.addEventListener("click", function () { page -= 1; draw(); });
  after.addEventListener("click", function () { page += 1; draw(); });
  document.addEventListener("language", draw);
  document.querySelectorAll("[data-sort]").forEach(function (button) {
    button.addEventListener("click", function () {
      var name = button.dataset.sort;
      order = { name: name, way: order && order.name === name ? -order.way : 1 };
      document.querySelectorAll("#table thead th").forEach(function (head) { head.removeAttribute("aria-sort"); });
      button.parentNode.setAttribute("aria-sort", order.way > 0 ? "ascending" : "descending");
      sort();
      filter();
    });
  });
  restore();
}());
