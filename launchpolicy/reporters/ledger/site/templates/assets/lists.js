// Cards, lists, table, calendar and timeline of what the filter leaves.
(function () {
  "use strict";
  var make = Ledger.make, MOST = 20, OVERDUE = 5, WRONG = 8, CHIPS = 4, EVENTS = 40;

  function pathOf(launch) { return "launches/" + launch.id + ".html"; }
  function link(launch, anchor) {
    return make("a", { href: pathOf(launch) + (anchor || "") }, [make("bdi", {}, launch.name)]);
  }
  function mark(css, text) {
    return make("span", { "class": "badge " + css }, [make("span", { "class": "dot", "aria-hidden": "true" }), text]);
  }
  function badges(launch) {
    var standing = Ledger.nameOf(launch.standing);
    if (launch.lacksApproval) { standing += Ledger.say(", merged without approval", "，未经批准合入"); }
    var made = [mark(launch.lacksApproval ? "unapproved" : launch.standing[0], standing)];
    if (launch.hasFailed && !launch.wasRolledBack) { made.push(" ", mark("problem", Ledger.say("problem found", "发现问题"))); }
    if (launch.isBypassed) { made.push(" ", mark("bypassed", Ledger.say("bypassed", "绕过流程"))); }
    if (launch.isEmergency) { made.push(" ", mark("emergency", Ledger.say("emergency", "紧急"))); }
    return made;
  }
  function item(when, launch) {
    return make("li", {}, [make("span", { "class": "when" }, when), " ", link(launch), " ",
      make("bdi", {}, Ledger.titleOf(launch)), " "].concat(badges(launch)));
  }
  function none() { return make("p", { "class": "empty" }, Ledger.say("None.", "无。")); }
  function part(title, items, more) {
    return make("section", {}, [make("h3", {}, [title, " ", make("span", { "class": "sub" }, items.length + more)]),
      items.length ? make("ul", { "class": "list" }, items) : none()]
      .concat(more ? [make("p", { "class": "sub" }, "+" + more)] : []));
  }
  function coming(title, launches, most) {
    var items = launches.slice(0, most).map(function (launch) {
      return item(Ledger.momentText(launch.start, launch.offset), launch);
    });
    return part(title, items, launches.length - items.length);
  }

  // What comes next by the reader's clock: the page may be older than the day on which it is read.
  Ledger.drawOutlook = function (launches) {
    var now = Ledger.now(), week = now + 7 * Ledger.DAY, month = now + 30 * Ledger.DAY;
    var open = launches.filter(function (launch) { return launch.isOpen; })
      .sort(function (a, b) { return a.start - b.start; });
    function select(test) { return open.filter(test); }
    var freezes = Ledger.freezes.filter(function (freeze) { return freeze.end > now && freeze.start <= month; })
      .sort(function (a, b) { return a.start - b.start; }).map(function (freeze) {
        return make("li", {}, [make("span", { "class": "when" }, Ledger.momentText(freeze.start, freeze.offset) + " – "
          + Ledger.momentText(freeze.end, freeze.offset)), " ", make("bdi", {}, freeze.name)]);
      });
    Ledger.fill("outlook", [
      coming(Ledger.say("Now", "正在进行"), select(function (launch) { return launch.start <= now && launch.end >= now; }), MOST),
      coming(Ledger.say("In seven days", "七天内"), select(function (launch) { return launch.start > now && launch.start <= week; }), MOST),
      coming(Ledger.say("In thirty days", "三十天内"), select(function (launch) { return launch.start > week && launch.start <= month; }), MOST),
      coming(Ledger.say("Window over, nothing recorded", "窗口已过，尚无记录"), select(function (launch) { return launch.end < now; }).reverse(), OVERDUE),
      part(Ledger.say("Freezes", "封网期"), freezes, 0)
    ]);
    var age = Math.floor((now - Ledger.asOf) / Ledger.DAY), text = Ledger.momentText(Ledger.asOf, 0);
    Ledger.fill("as-of", [document.createTextNode(Ledger.say("as of ", "截至 ") + text
      + (age > 0 ? Ledger.say(age === 1 ? " (1 day ago)" : " (" + age + " days ago)", "（" + age + " 天前）") : ""))]);
  };
  Ledger.drawProblems = function (launches, address) {
    var wrong = launches.filter(function (launch) { return launch.isProblem; })
      .sort(function (a, b) { return b.latest.number - a.latest.number; });
    var items = wrong.slice(0, WRONG).map(function (launch) { return item(Ledger.momentText(launch.latest.at, launch.offset), launch); });
    var all = make("a", { href: address }, Ledger.say("all " + wrong.length, "全部 " + wrong.length + " 次"));
    Ledger.fill("problems", !items.length ? [none()] : [make("ul", { "class": "list" }, items)]
      .concat(wrong.length > WRONG ? [make("p", {}, [all])] : []));
  };
  Ledger.drawCards = function (launches, inAnyTime, state) {
    var total = Ledger.measure(launches), periods = Ledger.periods(inAnyTime, state.from, state.to);
    var now = periods && Ledger.measure(Ledger.between(inAnyTime, periods.first, periods.last));
    var before = periods && Ledger.measure(Ledger.between(inAnyTime, periods.beforeFirst, periods.beforeLast));
    [["launched", String], ["unannounced", String], ["bypassed", String], ["failures", Ledger.percentText],
      ["rollbacks", Ledger.percentText], ["lead", Ledger.durationText], ["restore", Ledger.durationText]
    ].forEach(function (card) {
      var name = card[0], show = card[1], place = document.getElementById("card-" + name), children = [show(total[name])];
      if (periods) {
        children.push(make("span", { "class": "sub" }, state.from === null
          ? Ledger.say("90 days: " + show(now[name]) + ", before: " + show(before[name]),
            "近 90 天 " + show(now[name]) + "，此前 " + show(before[name]))
          : Ledger.say("period before: " + show(before[name]), "上期 " + show(before[name]))));
      }
      place.replaceChild(make("dd", {}, children), place.querySelector("dd"));
      place.className = !total[name] ? "" : name === "unannounced" ? "warn" : name === "bypassed" ? "bad" : "";
    });
  };
  function rowOf(launch) {
    var receipt = "proofs/" + launch.latest.number + ".txt", extra = [];
    var address = Ledger.proposalAddress(launch.proposal);
    if (address && launch.proposal) {
      extra.push(" · ", make("a", { href: address, rel: "noreferrer" }, "#" + launch.proposal));
    }
    var people = launch.requesters.map(function (place) { return Ledger.nameOf(Ledger.lists.people[place]); });
    return make("tr", {}, [
      make("th", { scope: "row" }, [link(launch), make("span", { "class": "sub" }, [make("bdi", {}, Ledger.titleOf(launch))])]),
      make("td", {}, badges(launch)),
      make("td", {}, [make("bdi", {}, Ledger.nameOf(launch.product)), " ", make("span", { "class": "sub" }, [make("bdi", {}, launch.version)])]),
      make("td", { "class": "team" }, [make("bdi", {}, Ledger.nameOf(launch.team))]),
      make("td", { "class": "date" }, Ledger.momentText(launch.start, launch.offset)),
      make("td", {}, [make("bdi", {}, people.join(Ledger.say(", ", "、"))), make("span", { "class": "sub links" },
        [make("a", { href: receipt, download: "", "aria-label": Ledger.say("receipt of ", "收据：") + launch.name }, Ledger.say("receipt", "收据"))].concat(extra))])
    ]);
  }
  Ledger.drawRows = function (launches) {
    var body = document.querySelector("#table tbody"), rows = document.createDocumentFragment();
    launches.forEach(function (launch) { rows.appendChild(rowOf(launch)); });
    body.textContent = "";
    body.appendChild(rows);
  };
  Ledger.drawTimeline = function (launches) {
    var events = [];
    launches.forEach(function (launch) { Array.prototype.push.apply(events, launch.events); });
    events.sort(function (a, b) { return b.number - a.number; });
    Ledger.fill("events", events.slice(0, EVENTS).map(function (event) {
      var unmet = event.sign === "!" ? Ledger.say("bypassed", "绕过流程") : event.sign ? Ledger.say("pushers unknown", "推送者不明") : "";
      var name = Ledger.nameOf(event.event);
      return make("li", { "class": unmet ? "bypassed" : event.event[0] }, [
        make("span", { "class": "when" }, Ledger.momentText(event.at, event.launch.offset)), " ", link(event.launch, "#entry-" + event.number), " ",
        unmet ? unmet + Ledger.say(" (" + name + ")", "（" + name + "）") : name, " ",
        make("span", { "class": "sub" }, [make("bdi", {}, Ledger.titleOf(event.launch))])]);
    }));
  };
  function daysOf(first, last) { return { first: Math.floor(first), last: Math.min(Math.floor(last), Math.floor(first) + 31) }; }
  function cell(day, isInside, launches, freezes, dayAddress) {
    var children = [make("span", { "class": "number" }, new Date(day * 86400000).getUTCDate())];
    if (isInside) {
      freezes.forEach(function (freeze) { children.push(make("span", { "class": "freeze" }, ["❄ ", make("bdi", {}, freeze.name)])); });
      launches.slice(0, CHIPS).forEach(function (launch) {
        children.push(make("a", { "class": "chip " + launch.standing[0], href: pathOf(launch) }, [make("bdi", {}, launch.name)]));
      });
      if (launches.length > CHIPS) {
        children.push(make("a", { "class": "chip", href: dayAddress(day) }, "+" + (launches.length - CHIPS)));
      }
    }
    return make("td", { "class": (isInside ? "inside" : "outside") + (isInside && freezes.length ? " closed" : "") }, children);
  }
  // The month that is shown first: this one, else the nearest with a window.
  Ledger.nearestMonth = function (launches) {
    var today = Math.floor(Ledger.now() / Ledger.DAY), best = null;
    launches.forEach(function (launch) {
      if (launch.start === null) { return; }
      var day = Math.floor((launch.start + launch.offset) / Ledger.DAY);
      if (best === null || Math.abs(day - today) < Math.abs(best - today)) { best = day; }
    });
    return Ledger.monthOf(best === null ? today : best);
  };
  Ledger.drawMonth = function (launches, name, dayAddress) {
    var first = Ledger.dayOf(name + "-01"), last = Ledger.dayOf(Ledger.nextMonth(name, 1) + "-01") - 1;
    var byDay = {}, weeks = [], day, titles = Ledger.say("Mon Tue Wed Thu Fri Sat Sun", "一 二 三 四 五 六 日").split(" ");
    launches.forEach(function (launch) {
      if (launch.start === null) { return; }
      var days = daysOf((launch.start + launch.offset) / Ledger.DAY, (launch.end + launch.offset) / Ledger.DAY);
      for (day = Math.max(first, days.first); day <= Math.min(last, days.last); day += 1) {
        (byDay[day] = byDay[day] || []).push(launch);
      }
    });
    function freezesOn(day) {
      return Ledger.freezes.filter(function (freeze) {
        return Math.floor((freeze.start + freeze.offset) / Ledger.DAY) <= day && Math.floor((freeze.end + freeze.offset) / Ledger.DAY) >= day;
      });
    }
    for (day = Ledger.weekOf(first); day <= last; day += 7) {
      weeks.push(make("tr", {}, [0, 1, 2, 3, 4, 5, 6].map(function (step) {
        var on = day + step, isInside = on >= first && on <= last;
        return cell(on, isInside, byDay[on] || [], isInside ? freezesOn(on) : [], dayAddress);
      })));
    }
    var head = make("tr", {}, titles.map(function (title) { return make("th", { scope: "col" }, title); }));
    Ledger.fill("month", [
      make("p", { "class": "steps" }, [
        make("button", { type: "button", "data-month": Ledger.nextMonth(name, -1), "aria-label": Ledger.say("month before", "上个月") }, "←"), " ",
        make("strong", { id: "month-name" }, name), " ",
        make("button", { type: "button", "data-month": Ledger.nextMonth(name, 1), "aria-label": Ledger.say("month after", "下个月") }, "→")]),
      make("div", { "class": "scroll", tabindex: 0, role: "group", "aria-label": name },
        make("table", { "class": "month" }, [make("thead", {}, head), make("tbody", {}, weeks)]))
    ]);
  };
}());
