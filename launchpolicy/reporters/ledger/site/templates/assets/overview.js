// The front page: one state (filter, order, page, month), kept in the address so that it can be sent.
(function () {
  "use strict";
  var PAGE = 20, LISTS = { product: "products", team: "teams", process: "processes", standing: "standings", person: "people" };
  var form = document.getElementById("filters"), count = document.getElementById("count");
  var before = document.getElementById("before"), after = document.getElementById("after");
  var page = 0, order = "", month = "", shown = [], isPrinting = false;

  function asked() {
    var values = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && (field.type === "checkbox" ? field.checked : field.value)) { values[field.name] = field.value; }
    });
    return values;
  }
  function addressOf(values) { return "#" + new URLSearchParams(values).toString(); }
  function changed(values, change) { return Object.assign({}, values, change); }
  function tests(values) {
    var made = [], words = (values.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) {
      made.push(function (launch) {
        var text = Ledger.search(launch);
        return words.every(function (word) { return text.indexOf(word) >= 0; });
      });
    }
    ["product", "team", "process", "standing"].forEach(function (name) {
      if (values[name]) {
        made.push(function (launch) {
          return launch[name][0] === values[name] || (values[name] === "unapproved" && name === "standing" && launch.lacksApproval);
        });
      }
    });
    if (values.person) {
      made.push(function (launch) {
        return launch.people.some(function (place) { return Ledger.lists.people[place][0] === values.person; });
      });
    }
    [["wrong", "isProblem"], ["bypassed", "isBypassed"], ["emergency", "isEmergency"]].forEach(function (pair) {
      if (values[pair[0]]) { made.push(function (launch) { return launch[pair[1]]; }); }
    });
    return made;
  }
  function sorted(launches) {
    if (!order) { return launches; }
    var way = order[0] === "-" ? -1 : 1, name = order.replace("-", "");
    var keys = {
      name: function (launch) { return launch.name; }, standing: function (launch) { return launch.standing[0]; },
      product: function (launch) { return launch.product[0]; }, team: function (launch) { return launch.team[0]; },
      date: function (launch) { return launch.start === null ? launch.latest.at : launch.start; }
    };
    return launches.slice().sort(function (one, other) {
      var a = keys[name](one), b = keys[name](other);
      return (a < b ? -1 : a > b ? 1 : one.place - other.place) * way;
    });
  }
  function drawPage() {
    var pages = Math.max(1, Math.ceil(shown.length / PAGE));
    page = Math.max(0, Math.min(page, pages - 1));
    Ledger.drawRows(isPrinting ? shown : shown.slice(page * PAGE, (page + 1) * PAGE));
    before.disabled = page === 0;
    after.disabled = page >= pages - 1;
    document.getElementById("page").textContent = (page + 1) + " / " + pages;
    count.textContent = Ledger.say(shown.length + " of " + Ledger.all.length + " launches",
      "共 " + Ledger.all.length + " 次上线，显示 " + shown.length + " 次");
  }
  function describe(values) {
    var parts = Object.keys(values).map(function (name) {
      var label = form.elements[name].closest("label"), list = LISTS[name], text = values[name];
      var words = Array.prototype.map.call(label.querySelectorAll(":scope > bdi"), function (word) {
        return !word.lang || word.lang === document.documentElement.lang ? word.textContent : "";
      }).join("");
      if (list) {
        Ledger.lists[list].forEach(function (row) { if (row[0] === text) { text = Ledger.nameOf(row); } });
      }
      return text === "yes" ? words : words + Ledger.say(": ", "：") + text;
    });
    return Ledger.say("filter: ", "筛选：") + (parts.length ? parts.join(Ledger.say(", ", "，")) : Ledger.say("none", "无"))
      + " · " + count.textContent;
  }
  function draw() {
    var values = asked(), all = tests(values);
    var state = { from: Ledger.dayOf(values.from), to: Ledger.dayOf(values.to), isPrinting: isPrinting };
    var inAnyTime = Ledger.all.filter(function (launch) { return all.every(function (test) { return test(launch); }); });
    var launches = inAnyTime.filter(function (launch) {
      return (state.from === null || launch.day >= state.from) && (state.to === null || launch.day <= state.to);
    });
    shown = sorted(launches);
    Ledger.drawOutlook(inAnyTime);
    Ledger.drawProblems(launches, addressOf(changed(values, { wrong: "yes" })));
    Ledger.drawCards(launches, inAnyTime, state);
    drawPage();
    Ledger.drawCharts(launches, inAnyTime, state);
    drawCalendar(values, launches);
    Ledger.drawTimeline(launches);
    document.getElementById("paper-filter").textContent = describe(values);
    document.querySelectorAll("#table thead th").forEach(function (head) {
      var button = head.querySelector("button");
      head.removeAttribute("aria-sort");
      if (button && order.replace("-", "") === button.dataset.sort) {
        head.setAttribute("aria-sort", order[0] === "-" ? "descending" : "ascending");
      }
    });
  }
  function drawCalendar(values, launches) {
    Ledger.drawMonth(launches, month || Ledger.nearestMonth(launches), function (day) {
      var text = Ledger.dayText(day);
      return addressOf(changed(values, { from: text, to: text }));
    });
  }
  function write() {
    var values = asked();
    if (order) { values.sort = order; }
    if (page) { values.page = String(page + 1); }
    if (month) { values.month = month; }
    try { window.history.replaceState(null, "", Object.keys(values).length ? addressOf(values) : "#launches"); } catch (error) { /* from a file */ }
  }
  function update() { page = 0; draw(); write(); }
  function readAddress() {
    var given = new URLSearchParams(window.location.hash.slice(1)), isOurs = false;
    var names = Array.prototype.map.call(form.elements, function (field) { return field.name; }).filter(Boolean);
    given.forEach(function (value, name) {
      if (value && (names.indexOf(name) >= 0 || ["sort", "page", "month"].indexOf(name) >= 0)) { isOurs = true; }
    });
    if (!isOurs) { return false; }
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name) { return; }
      var value = given.get(field.name) || "";
      if (field.type === "checkbox") { field.checked = given.has(field.name); return; }
      field.value = value;
      if (field.options && field.value !== value) { // what is not there any more leaves nothing, not everything
        field.appendChild(Ledger.make("option", { value: value }, value));
        field.value = value;
      }
    });
    order = /^-?(name|standing|product|team|date)$/.test(given.get("sort")) ? given.get("sort") : "";
    page = Math.max(0, (parseInt(given.get("page"), 10) || 1) - 1);
    month = /^(19[7-9]|2[01]\d)\d-(0[1-9]|1[0-2])$/.test(given.get("month")) ? given.get("month") : "";
    return true;
  }
  function fillChoices() {
    Object.keys(LISTS).forEach(function (name) {
      var field = form.elements[name], chosen = field.value, rows = Ledger.lists[LISTS[name]];
      while (field.options.length > 1) { field.remove(1); }
      rows.filter(function (row) { return row[0]; }).map(function (row) {
        return [Ledger.nameOf(row), row[0]];
      }).sort(function (a, b) { return name === "standing" ? 0 : a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0; })
        .forEach(function (choice) { field.appendChild(Ledger.make("option", { value: choice[1] }, choice[0])); });
      field.value = chosen;
      field.closest("label").hidden = field.options.length < 2;
    });
  }
  form.addEventListener("input", update);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { window.setTimeout(function () { order = ""; month = ""; update(); }, 0); });
  before.addEventListener("click", function () { page -= 1; drawPage(); write(); });
  after.addEventListener("click", function () { page += 1; drawPage(); write(); });
  document.addEventListener("language", function () { fillChoices(); draw(); });
  window.addEventListener("hashchange", function () {
    if (readAddress()) { draw(); document.getElementById("launches").scrollIntoView(); }
  });
  window.addEventListener("beforeprint", function () { isPrinting = true; draw(); });
  window.addEventListener("afterprint", function () { isPrinting = false; draw(); });
  document.getElementById("month").addEventListener("click", function (event) {
    var name = event.target.dataset.month;
    if (!name) { return; }
    month = name;
    draw();
    write();
  });
  document.querySelectorAll("[data-sort]").forEach(function (button) {
    button.addEventListener("click", function () {
      order = order === button.dataset.sort ? "-" + order : button.dataset.sort;
      update();
    });
  });
  if (/^https?:$/.test(window.location.protocol)) {
    document.querySelectorAll("a[data-subscribe]").forEach(function (link) { link.href = link.href.replace(/^https?:/, "webcal:"); });
  }
  var width = window.innerWidth;
  window.addEventListener("resize", function () {
    if (window.innerWidth === width || isPrinting) { return; }
    width = window.innerWidth;
    draw();
  });
  fillChoices();
  form.hidden = false;
  document.getElementById("pages").hidden = false;
  readAddress();
  draw();
}());
