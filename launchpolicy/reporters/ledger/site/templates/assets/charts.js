// Charts of what the filter leaves: values, an axis, gaps without data, and the period before.
(function () {
  "use strict";
  var make = Ledger.make, HEIGHT = 210, TOP = 26, BASE = 172, LEFT = 46, RIGHT = 20;

  function nice(most) {
    var power = Math.pow(10, Math.floor(Math.log(most) / Math.LN10));
    var step = [1, 2, 4, 5, 10].filter(function (one) { return one * power >= most; })[0];
    return step * power;
  }
  // Launches by period. `key` names the period of a day, `following` the next one.
  function series(launches, frame, most, key, following) {
    var last = frame.last, names = [], groups = {}, earlier = 0, later = 0, end = key(last), at;
    var carried = launches.filter(function (launch) { return launch.wasCarriedOut; });
    carried.forEach(function (launch) {
      if (launch.day > last) { later += 1; return; }
      var name = key(launch.day);
      (groups[name] = groups[name] || []).push(launch);
    });
    for (at = end; names.length < most; at = following(at)) {
      if (frame.first !== null && at < key(frame.first)) { break; }
      names.unshift(at);
    }
    while (names.length > 6 && !groups[names[0]]) { names.shift(); }
    carried.forEach(function (launch) { if (launch.day <= last && key(launch.day) < names[0]) { earlier += 1; } });
    return {
      names: names, earlier: earlier, later: later,
      points: names.map(function (name) { return Ledger.measure(groups[name] || []); })
    };
  }
  function frameOf(launches, state) {
    var bound = Ledger.lastDay();
    if (state.to !== null && state.to < bound) { bound = state.to; }
    var days = launches.filter(function (launch) { return launch.wasCarriedOut && launch.day <= bound; })
      .map(function (launch) { return launch.day; });
    if (!days.length) { return null; }
    return { first: state.from, last: days.reduce(function (a, b) { return Math.max(a, b); }) };
  }
  function outside(data) {
    var parts = [];
    if (data.earlier) {
      parts.push(Ledger.say(data.earlier + " earlier than " + data.label(data.names[0]),
        "早于 " + data.label(data.names[0]) + " 的 " + data.earlier + " 次"));
    }
    if (data.later) {
      parts.push(Ledger.say(data.later + " dated later than the ledger (" + Ledger.dayText(Ledger.lastDay() - 1) + ")",
        "日期晚于上线日志（" + Ledger.dayText(Ledger.lastDay() - 1) + "）的 " + data.later + " 次"));
    }
    return parts.length ? Ledger.say("Outside this chart: ", "未计入本图：") + parts.join(Ledger.say(", ", "，")) : "";
  }
  function label(x, y, text, anchor) {
    return make("svg:text", { "class": "tick", x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor || "middle" }, text);
  }
  function rectangle(css, x, y, width, height, title) {
    return make("svg:rect", { "class": css, x: x.toFixed(1), y: y.toFixed(1), width: width.toFixed(1),
      height: Math.max(0, height).toFixed(1), rx: 2 }, [make("svg:title", {}, title)]);
  }
  function line(css, x1, y1, x2, y2) {
    return make("svg:line", { "class": css, x1: x1.toFixed(1), y1: y1.toFixed(1), x2: x2.toFixed(1), y2: y2.toFixed(1) });
  }
  function figure(chart, svg, notes, table) {
    var caption = [make("strong", {}, chart.title), make("span", { "class": "sub" }, chart.note)];
    notes.filter(Boolean).forEach(function (note) { caption.push(make("span", { "class": "sub" }, note)); });
    if (!svg) {
      return make("figure", { id: "chart-" + chart.id }, [make("figcaption", {}, caption),
        make("p", { "class": "empty" }, Ledger.say("Nothing to count yet.", "暂无数据。"))]);
    }
    var head = make("tr", {}, table.heads.map(function (text) { return make("th", { scope: "col" }, text); }));
    var body = table.rows.map(function (row) {
      return make("tr", {}, row.map(function (cell) { return make("td", {}, cell); }));
    });
    return make("figure", { id: "chart-" + chart.id }, [make("figcaption", {}, caption), svg, make("details", {}, [
      make("summary", {}, Ledger.say("as a table", "以表格显示")),
      make("div", { "class": "scroll", tabindex: 0, role: "group", "aria-label": chart.title },
        make("table", {}, [make("thead", {}, head), make("tbody", {}, body)]))])]);
  }
  function canvas(chart, width, most) {
    var svg = make("svg:svg", { viewBox: "0 0 " + width + " " + HEIGHT, role: "img", "aria-label": chart.title });
    [0, 0.5, 1].forEach(function (share) {
      var y = BASE - share * (BASE - TOP);
      svg.appendChild(line(share ? "grid" : "axis", LEFT, y, width, y));
      svg.appendChild(label(LEFT - 6, y + 4, chart.axis(most * share), "end"));
    });
    return svg;
  }
  function columns(chart, data, width) {
    var tops = data.points.map(chart.top).filter(function (value) { return value !== null; });
    if (!tops.length) { return null; }
    var highest = Math.max.apply(null, tops.concat(chart.before === null ? [] : [chart.before])) || 1;
    var unit = !chart.isTime || highest < 60 ? 1 : highest < 2880 ? 60 : Ledger.DAY;
    var most = chart.most || nice(highest / unit) * unit;
    var svg = canvas(chart, width, most), step = (width - LEFT - RIGHT) / data.names.length;
    var every = Math.max(1, Math.ceil(data.names.length * 64 / (width - LEFT - RIGHT)));
    var scale = function (value) { return BASE - Math.min(1, value / most) * (BASE - TOP); };
    if (chart.before !== null && chart.before !== undefined) {
      var y = scale(chart.before);
      svg.appendChild(line("before", LEFT, y, width, y));
    }
    data.points.forEach(function (point, number) {
      var x = LEFT + number * step, middle = x + step / 2, name = data.names[number];
      if ((data.names.length - 1 - number) % every === 0) {
        svg.appendChild(label(Math.min(middle, width - 30), BASE + 20, data.label(name)));
      }
      chart.draw(svg, point, data.label(name) + Ledger.say(": ", "：") + chart.text(point), x, step, scale, every);
    });
    return svg;
  }
  function gap(svg, x, step, title) {
    var mark = label(x + step / 2, BASE - 6, "–");
    mark.appendChild(make("svg:title", {}, title));
    svg.appendChild(mark);
  }
  function drawWeek(svg, week, title, x, step, scale) {
    var low = scale(week.launched), high = scale(week.launched + week.unannounced);
    svg.appendChild(rectangle("bar-good", x + 1, low, step - 2, BASE - low, title));
    if (week.unannounced) { svg.appendChild(rectangle("bar-warn", x + 1, high, step - 2, low - high, title)); }
    if (week.launched + week.unannounced && step > 15) {
      svg.appendChild(label(x + step / 2, high - 5, week.launched + week.unannounced));
    }
  }
  function drawRate(name) {
    return function (svg, month, title, x, step, scale, every) {
      var rate = month[name];
      if (rate === null) { gap(svg, x, step, title); return; }
      var y = Math.min(scale(rate), BASE - 2);
      svg.appendChild(rectangle("bar-bad", x + 3, y, step - 6, BASE - y, title));
      if (step > 34) { svg.appendChild(label(x + step / 2, y - 5, Ledger.percentText(rate))); }
    };
  }
  function drawTime(name) {
    return function (svg, month, title, x, step, scale) {
      if (month[name] === null) { gap(svg, x, step, title); return; }
      var middle = x + step / 2, y = scale(month[name]);
      var group = make("svg:g", {}, [make("svg:title", {}, title)]);
      group.appendChild(rectangle("range", middle - Math.min(9, step / 3), scale(month[name + "High"]),
        Math.min(18, step / 1.5), scale(month[name + "Low"]) - scale(month[name + "High"]), title));
      group.appendChild(make("svg:circle", { "class": "median", cx: middle.toFixed(1), cy: y.toFixed(1), r: 4 }));
      svg.appendChild(group);
      if (step > 44) { svg.appendChild(label(middle, scale(month[name + "High"]) - 6, short(month[name]))); }
    };
  }
  function short(minutes) {
    if (!minutes) { return "0"; }
    if (minutes < 60) { return Math.round(minutes) + Ledger.say("m", "分"); }
    if (minutes < 2880) { return (minutes / 60).toFixed(0) + Ledger.say("h", "时"); }
    return (minutes / 1440).toFixed(minutes < 14400 ? 1 : 0).replace(".0", "") + Ledger.say("d", "天");
  }
  function whole(value) { return value % 1 ? "" : String(value); }
  function rangeText(month, name) {
    if (month[name] === null) { return Ledger.say("no data", "无数据"); }
    return Ledger.durationText(month[name]) + " (" + Ledger.durationText(month[name + "Low"]) + " – "
      + Ledger.durationText(month[name + "High"]) + ")";
  }
  function beforeText(now, before, show) {
    if (before === undefined) { return ""; }
    return Ledger.say("This period ", "本期 ") + show(now) + Ledger.say(", period before ", "，上期 ") + show(before)
      + (before === null ? "" : Ledger.say(" (dashed)", "（虚线）"));
  }
  function monthChart(id, title, note, kind, data, width, compared) {
    var isRate = kind === "rate", show = isRate ? Ledger.percentText : Ledger.durationText;
    var chart = {
      id: id, title: title, note: note, isTime: !isRate, most: isRate ? 1 : 0, before: compared ? compared.before[id] : null,
      axis: isRate ? Ledger.percentText : short, draw: (isRate ? drawRate : drawTime)(id),
      top: function (month) { return isRate ? month[id] : month[id + "High"]; },
      text: function (month) {
        return isRate ? Ledger.percentText(month[id]) + " (" + (id === "failures" ? month.failed : month.back) + " / "
          + month.carried + ")" : rangeText(month, id);
      }
    };
    if (isRate) {
      var top = data.points.reduce(function (most, month) { return Math.max(most, month[id] || 0); }, chart.before || 0);
      chart.most = [0.1, 0.2, 0.5, 1].filter(function (share) { return share >= top; })[0];
    }
    var heads = [Ledger.say("month", "月份"), title, Ledger.say(isRate ? "of launches" : "10th to 90th percentile",
      isRate ? "上线次数" : "第 10 至 90 百分位")];
    var rows = data.names.map(function (name, number) {
      var month = data.points[number];
      return isRate ? [name, Ledger.percentText(month[id]), month.carried]
        : [name, Ledger.durationText(month[id]), month[id] === null ? "–"
          : Ledger.durationText(month[id + "Low"]) + " – " + Ledger.durationText(month[id + "High"])];
    });
    var comparison = compared ? beforeText(compared.now[id], compared.before[id], show) : "";
    return figure(chart, columns(chart, data, width), [comparison, outside(data)], { heads: heads, rows: rows });
  }
  function weekChart(data, width, compared) {
    var chart = {
      id: "weeks", title: Ledger.say("Launches per week", "每周上线次数"), before: null,
      note: Ledger.say("announced ones, and above them those not announced", "下：已通告；上：未通告"),
      axis: whole, draw: drawWeek,
      top: function (week) { return week.carried ? week.launched + week.unannounced : null; },
      text: function (week) {
        return Ledger.say(week.launched + " announced, " + week.unannounced + " not announced",
          "已通告 " + week.launched + "，未通告 " + week.unannounced);
      }
    };
    var rows = data.names.map(function (name, number) {
      return [data.label(name), data.points[number].launched, data.points[number].unannounced];
    });
    var heads = [Ledger.say("week", "周"), Ledger.say("launched", "已上线"), Ledger.say("not announced", "未通告")];
    var comparison = compared ? beforeText(compared.now.launched, compared.before.launched, String)
      .replace(/ \(dashed\)|（虚线）/, "") : "";
    return figure(chart, columns(chart, data, width), [comparison, outside(data)], { heads: heads, rows: rows });
  }
  function hurdleChart(launches, width) {
    var hurdles = Ledger.hurdles(launches), most = hurdles.length ? hurdles[0].count : 1, row = 36;
    var chart = {
      id: "hurdles", title: Ledger.say("Policies that block most", "最常阻断的策略"),
      note: Ledger.say("launches that each held up, fixed and waived ones too", "各策略拦下的上线次数，含已改正和豁免")
    };
    if (!hurdles.length) { return figure(chart, null, [], null); }
    var svg = make("svg:svg", { viewBox: "0 0 " + width + " " + (hurdles.length * row + 4), role: "img", "aria-label": chart.title });
    hurdles.forEach(function (hurdle, number) {
      var y = number * row, room = Math.floor((width - 8) / 7.5), name = hurdle.name;
      var long = Math.max(2, hurdle.count / most * (width - 50));
      svg.appendChild(label(0, y + 14, name.length > room ? name.slice(0, room - 1) + "…" : name, "start"));
      svg.appendChild(rectangle("bar-main", 0, y + 19, long, 11, hurdle.name + Ledger.say(": ", "：") + hurdle.count));
      svg.appendChild(label(long + 6, y + 29, hurdle.count, "start"));
    });
    return figure(chart, svg, [], {
      heads: [Ledger.say("policy", "策略"), Ledger.say("launches", "上线次数")],
      rows: hurdles.map(function (hurdle) { return [hurdle.name, hurdle.count]; })
    });
  }

  // `inAnyTime` is what the filter leaves without its dates: the period before is outside of them.
  Ledger.drawCharts = function (launches, inAnyTime, state) {
    var place = document.getElementById("charts"), frame = frameOf(launches, state);
    var shown = Array.prototype.slice.call(place.querySelectorAll("details[open]")).map(function (details) {
      return details.parentNode.id;
    });
    var wide = place.clientWidth || 640, width = state.isPrinting ? 330 : Math.max(260, Math.min(640, wide > 800 ? wide / 2 - 48 : wide - 36));
    var periods = Ledger.periods(inAnyTime, state.from, state.to), compared = null;
    if (periods) {
      compared = {
        now: Ledger.measure(Ledger.between(inAnyTime, periods.first, periods.last)),
        before: Ledger.measure(Ledger.between(inAnyTime, periods.beforeFirst, periods.beforeLast))
      };
    }
    frame = frame || { first: state.from, last: Ledger.lastDay() };
    var months = series(launches, frame, state.from === null ? 12 : 24, Ledger.monthOf, function (name) {
      return Ledger.nextMonth(name, -1);
    });
    var weeks = series(launches, frame, state.from === null ? 26 : 53, Ledger.weekOf, function (monday) { return monday - 7; });
    months.label = function (name) { return name; };
    weeks.label = Ledger.weekName;
    var fitting = Math.max(8, Math.floor((width - LEFT) / 12));
    if (weeks.names.length > fitting) {
      weeks.points.slice(0, -fitting).forEach(function (week) { weeks.earlier += week.carried; });
      weeks.names = weeks.names.slice(-fitting);
      weeks.points = weeks.points.slice(-fitting);
    }
    Ledger.fill("charts", [
      weekChart(weeks, width, compared),
      monthChart("failures", Ledger.say("Change failure rate", "变更失败率"),
        Ledger.say("rolled back, or with a problem found", "已回滚或发现问题的占比"), "rate", months, width, compared),
      monthChart("rollbacks", Ledger.say("Rollback rate", "回滚率"),
        Ledger.say("of the launches that were carried out", "占已执行上线的比例"), "rate", months, width, compared),
      monthChart("lead", Ledger.say("Lead time", "前置时间"), Ledger.say(
        "from the request to the launch: median, and 10th to 90th percentile", "从申请到上线：中位数及第 10 至 90 百分位"), "time", months, width, compared),
      monthChart("restore", Ledger.say("Time to restore", "恢复时间"), Ledger.say(
        "from the first problem: median, and 10th to 90th percentile", "自首个问题起：中位数及第 10 至 90 百分位"), "time", months, width, compared),
      hurdleChart(launches, width)
    ]);
    shown.forEach(function (id) { document.querySelector("#" + id + " details").open = true; });
  };
}());
