// The launches of the page as objects, read from the compact data that launch_data.py wrote.
var Ledger = {};
(function () {
  "use strict";
  var element = document.getElementById("data");
  var data = JSON.parse((element.content || element).textContent);
  var DAY = 1440;

  function moment(field) { return field ? data.start + field - 1 : null; }
  function events(launch, text) {
    var at = data.start, number = launch.id;
    return text.split(" ").map(function (part) {
      var match = /^([!?]?)([a-z])(-?[0-9a-z]+)\.([0-9a-z]+)$/.exec(part);
      at += parseInt(match[3], 36);
      number += parseInt(match[4], 36);
      return {
        launch: launch, at: at, number: number, sign: match[1],
        event: data.events[match[2].charCodeAt(0) - 97]
      };
    });
  }
  function launchOf(row, place) {
    var flags = row[9], group = data.groups[row[10]];
    var launch = {
      place: place, id: row[0], name: row[1], titles: [row[2], row[3] || row[2]],
      product: data.products[row[4]], version: row[5] || "", process: data.processes[row[6]],
      team: data.teams[row[7]], standing: data.standings[row[8]],
      isBypassed: !!(flags & 1), isEmergency: !!(flags & 2), wasCarriedOut: !!(flags & 4),
      hasFailed: !!(flags & 8), wasRolledBack: !!(flags & 16), isProblem: !!(flags & 32), lacksApproval: !!(flags & 64),
      requesters: group.slice(1, group[0] + 1), people: group.slice(1),
      start: moment(row[11]), end: row[11] ? moment(row[11]) + row[12] : null,
      offset: data.offsets[row[13]] || 0, done: moment(row[14]),
      lead: row[15] ? row[15] - 1 : null, restore: row[16] ? row[16] - 1 : null,
      policies: row[18] || [], proposal: row[19] || 0
    };
    launch.events = events(launch, row[17]);
    launch.latest = launch.events[launch.events.length - 1];
    launch.isOpen = launch.start !== null && !launch.wasCarriedOut
      && launch.standing[0] !== "cancelled" && launch.standing[0] !== "withdrawn";
    var at = launch.done !== null ? launch.done : launch.start !== null ? launch.start : launch.latest.at;
    launch.day = Math.floor((at + launch.offset) / DAY);
    return launch;
  }

  Ledger.all = data.launches.map(launchOf);
  Ledger.asOf = moment(data.now);
  Ledger.proposalAddress = function (number) { return data.proposal.replace("{number}", String(Number(number))); };
  Ledger.lists = data;
  Ledger.freezes = data.freezes.map(function (row) {
    return { name: row[0], start: moment(row[1]) === null ? data.start + row[1] - 1 : moment(row[1]),
      end: data.start + row[2] - 1, offset: data.offsets[row[3]] || 0 };
  });
  Ledger.DAY = DAY;
  Ledger.now = function () { return Math.floor(Date.now() / 60000); };
  Ledger.isChinese = function () { return document.documentElement.lang === "zh"; };
  Ledger.say = function (en, zh) { return Ledger.isChinese() ? zh : en; };
  Ledger.nameOf = function (row) {
    return row.length < 3 ? row[0] : row[Ledger.isChinese() ? 2 : 1] || row[0];
  };
  Ledger.titleOf = function (launch) { return launch.titles[Ledger.isChinese() ? 1 : 0]; };
  Ledger.search = function (launch) {
    if (launch.words === undefined) {
      var people = launch.people.map(function (place) { return data.people[place].join(" "); });
      launch.words = [launch.name, launch.titles.join(" "), launch.product.join(" "), launch.version,
        launch.process[0], launch.team[0], people.join(" ")].join(" ").toLowerCase();
    }
    return launch.words;
  };
  // Days since 1970-01-01 as 2026-11-03, and back; null for what is no day.
  Ledger.dayText = function (day) { return new Date(day * 86400000).toISOString().slice(0, 10); };
  Ledger.dayOf = function (text) {
    var time = /^\d{4}-\d\d-\d\d$/.test(text || "") ? Date.parse(text + "T00:00:00Z") : NaN;
    return isNaN(time) ? null : time / 86400000;
  };
  // Minutes since 1970 as 2026-11-03 22:00 +08:00.
  Ledger.momentText = function (minutes, offset) {
    if (minutes === null) { return "–"; }
    var text = new Date((minutes + offset) * 60000).toISOString();
    var size = Math.abs(offset);
    var zone = offset === 0 ? "UTC" : (offset < 0 ? "-" : "+") + ("0" + Math.floor(size / 60)).slice(-2)
      + ":" + ("0" + size % 60).slice(-2);
    return text.slice(0, 10) + " " + text.slice(11, 16) + " " + zone;
  };
  Ledger.durationText = function (minutes) {
    if (minutes === null) { return "–"; }
    if (minutes < 60) { return Math.round(minutes) + Ledger.say(" min", " 分钟"); }
    if (minutes < 2880) { return (minutes / 60).toFixed(1) + Ledger.say(" h", " 小时"); }
    return (minutes / DAY).toFixed(1) + Ledger.say(" days", " 天");
  };
  Ledger.percentText = function (rate) { return rate === null ? "–" : (rate * 100).toFixed(0) + " %"; };
  // An element with attributes and children; text is only ever text.
  Ledger.make = function (name, attributes, children) {
    var made = name.slice(0, 4) === "svg:"
      ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4)) : document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== null) { made.setAttribute(key, String(attributes[key])); }
    });
    (Array.isArray(children) ? children : children === undefined ? [] : [children]).forEach(function (child) {
      made.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
    });
    return made;
  };
  Ledger.fill = function (id, children) {
    var place = document.getElementById(id);
    while (place.firstChild) { place.removeChild(place.firstChild); }
    children.forEach(function (child) { place.appendChild(child); });
  };
}());
