// Measures of some launches: the same as measures.py makes, for what a filter leaves.
(function () {
  "use strict";
  function quantile(values, share) {
    if (!values.length) { return null; }
    var sorted = values.slice().sort(function (a, b) { return a - b; });
    var place = (sorted.length - 1) * share, low = Math.floor(place), high = Math.ceil(place);
    return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
  }
  function times(launches, name) {
    return launches.map(function (launch) { return launch[name]; })
      .filter(function (time) { return time !== null; });
  }
  function count(launches, test) { return launches.filter(test).length; }

  // Of launches that were carried out, whatever their day. A share of nothing is null, not zero.
  Ledger.measure = function (launches) {
    var carried = launches.filter(function (launch) { return launch.wasCarriedOut; });
    var failed = count(carried, function (launch) { return launch.hasFailed; });
    var back = count(carried, function (launch) { return launch.wasRolledBack; });
    var lead = times(carried, "lead"), restore = times(carried.filter(function (launch) {
      return launch.hasFailed;
    }), "restore");
    return {
      launched: count(carried, function (launch) { return launch.standing[0] === "launched"; }),
      unannounced: count(carried, function (launch) { return launch.standing[0] === "unannounced"; }),
      bypassed: count(launches, function (launch) { return launch.isBypassed; }),
      carried: carried.length, failed: failed, back: back,
      failures: carried.length ? failed / carried.length : null,
      rollbacks: carried.length ? back / carried.length : null,
      lead: quantile(lead, 0.5), leadLow: quantile(lead, 0.1), leadHigh: quantile(lead, 0.9), leads: lead.length,
      restore: quantile(restore, 0.5), restoreLow: quantile(restore, 0.1),
      restoreHigh: quantile(restore, 0.9), restores: restore.length
    };
  };
  Ledger.between = function (launches, first, last) {
    return launches.filter(function (launch) { return launch.day >= first && launch.day <= last; });
  };
  // The last day that charts reach: no launch can have taken place a day after the ledger's time.
  Ledger.lastDay = function () { return Math.floor(Ledger.asOf / Ledger.DAY) + 1; };
  // The period that is compared: of the filter, else the last 90 days with a launch; and the one before.
  Ledger.periods = function (launches, from, to) {
    var last = Ledger.lastDay(), first;
    if (to !== null && to < last) { last = to; }
    if (from === null) {
      if (to !== null) { return null; }
      launches = launches.filter(function (launch) { return launch.wasCarriedOut && launch.day <= last; });
      if (!launches.length) { return null; }
      last = launches.reduce(function (most, launch) { return Math.max(most, launch.day); }, 0);
      first = last - 89;
    } else { first = from; }
    if (last < first) { return null; }
    return { first: first, last: last, beforeFirst: first - (last - first + 1), beforeLast: first - 1 };
  };
  // ISO 8601: the week of a day, as its Monday; its name by its Thursday.
  Ledger.weekOf = function (day) { return day - (((day + 3) % 7) + 7) % 7; };
  Ledger.weekName = function (monday) {
    var thursday = new Date((monday + 3) * 86400000), year = thursday.getUTCFullYear();
    var week = Math.floor((thursday - Date.UTC(year, 0, 1)) / 604800000) + 1;
    return year + "-W" + ("0" + week).slice(-2);
  };
  Ledger.monthOf = function (day) { return Ledger.dayText(day).slice(0, 7); };
  Ledger.nextMonth = function (name, step) {
    var parts = name.split("-");
    return new Date(Date.UTC(+parts[0], +parts[1] - 1 + step, 1)).toISOString().slice(0, 7);
  };
  // Policies by the number of launches that they held up, the most first.
  Ledger.hurdles = function (launches) {
    var counted = {};
    launches.forEach(function (launch) {
      launch.policies.forEach(function (place) { counted[place] = (counted[place] || 0) + 1; });
    });
    return Object.keys(counted).map(function (place) {
      return { name: Ledger.lists.policies[place][0], count: counted[place] };
    }).sort(function (a, b) { return b.count - a.count || (a.name < b.name ? -1 : 1); }).slice(0, 12);
  };
}());
