// The page: reads the controls, asks what answers, and shows what it says. All text is set as text, never as HTML.

const study = JSON.parse(document.getElementById("study").textContent);
const answers = study.cells ? new Cells(study) : new Emulation(study);
const { controls, quantities } = study;
const compares = controls.some((control) => control.role === "policy");
const element = (id) => document.getElementById(id);

// --- words and numbers -------------------------------------------------------------------------

function decimalsFor(low, high) {
  const half = (high - low) / 2, size = Math.max(Math.abs(low), Math.abs(high));
  const scale = half > 1e-9 * size ? half / 2 : size / 100;
  if (!(Number.isFinite(scale) && scale > 0)) return 2;
  let decimals = -Math.floor(Math.log10(scale));
  // A bound that differs from 0 is never shown as 0.
  while (decimals < 12 && [low, high].some((bound) => bound !== 0 && !(Math.abs(bound) >= 0.5 * 10 ** -decimals))) decimals += 1;
  return decimals;
}

function number(value, decimals) {
  const unit = 10 ** -decimals;
  const rounded = decimals < 0 ? Math.round(value / unit) * unit : value;
  const places = Math.max(decimals, 0);
  const text = Math.abs(rounded).toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
  return rounded < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

function withUnit(text, unit) {
  if (unit.startsWith("£") && text.startsWith("−")) return `−${unit.replace("{}", text.slice(1))}`;
  return unit.replace("{}", text);
}

function digits(found) {
  return Number.isFinite(found.low + found.high) ? decimalsFor(found.low, found.high) : decimalsFor(0, 2 * found.mean);
}

function signed(value, decimals) {
  const text = number(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function between(found) {
  const places = digits(found);
  return `${number(found.low, places)} to ${number(found.high, places)}`;
}

function amount(control, value) {
  if (control.isRange) {
    const places = control.whole ? 0 : Math.max(0, decimalsFor(0, 4 * control.step));
    return withUnit(number(value, places), control.text);
  }
  return control.levels[value];
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inSentence(text) {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function describe(places, role) {
  const said = controls.map((control, i) => [control, places[i]]).filter(([control]) => control.role === role);
  const words = said.map(([control, place]) => {
    const level = inSentence(amount(control, place));
    return control.isRange ? `${inSentence(control.label)} at ${level}` : level;
  });
  return words.join(", ");
}

function counted(n, word) {
  return `${n.toLocaleString("en-GB")} ${word}${n === 1 ? "" : "s"}`;
}

// --- what is set -------------------------------------------------------------------------------

const atStart = controls.map((control) => control.start);
let setting = [...atStart];
let other = controls.map((control) => control.compared);

// The policy that is compared with, in the world that is set.
function comparison(places = setting) {
  return places.map((place, i) => (controls[i].role === "policy" ? other[i] : place));
}

function within(policy, world) {
  return [...policy, ...world];
}

function part(places, role) {
  return places.filter((_, i) => controls[i].role === role);
}

function readControl(event) {
  const found = /^(control|typed)(\d+)$/.exec(event.target.name || event.target.id);
  if (!found) return;
  const i = Number(found[2]), control = controls[i];
  let value = event.target.value === "" ? NaN : Number(event.target.value);
  if (control.isRange && found[1] === "control" && !control.whole) {
    // Of a slider, whole steps: what is shown is what is answered.
    value = Number((control.low + Math.round((value - control.low) / control.step) * control.step).toPrecision(12));
  }
  if (control.isRange && found[1] === "typed") element(`control${i}`).value = value;
  setting[i] = value;
  show(found[1] === "typed" ? i : -1);
}

function showControls(typedInto) {
  controls.forEach((control, i) => {
    if (control.isRange) {
      const slider = element(`control${i}`), typed = element(`typed${i}`);
      if (i !== typedInto) typed.value = String(setting[i]);
      slider.setAttribute("aria-valuetext", Number.isFinite(setting[i]) ? amount(control, setting[i]) : "no number");
      element(`unit${i}`).textContent = control.text.replace("{}", "").trim();
      return;
    }
    for (const field of document.getElementsByName(`control${i}`)) {
      if (field.type === "radio") field.checked = Number(field.value) === setting[i];
      else field.value = String(setting[i]);
    }
  });
}

// --- what is answered --------------------------------------------------------------------------

function refusal(places) {
  const fault = answers.fault(places);
  if (fault === "range") {
    const i = controls.findIndex((control, at) => control.isRange && !(places[at] >= control.low && places[at] <= control.high));
    const control = controls[i];
    const ends = `${amount(control, control.low)} to ${amount(control, control.high)}`;
    return `Outside what was run: ${inSentence(control.label)} went from ${ends}. No number is shown.`;
  }
  if (fault === "together") return "This combination was not run. No number is shown.";
  if (fault === "far") return "Too far from every run: the study made none near this setting, and an emulator would only guess. No number is shown.";
  return "";
}

function howAnswered(places) {
  if (study.cells) {
    const place = answers.place.get(places.join());
    return `Answered by the runs themselves: ${counted(answers.runs[place], "run")} of exactly this setting.`;
  }
  return `Answered by an emulator, between the ${counted(answers.points, "point")} that were run (${counted(answers.runs, "run")}).`;
}

function source(q, places) {
  const columns = quantities[q].columns.join(", ");
  if (study.cells) {
    const place = answers.place.get(places.join());
    const one = `The mean of ${counted(answers.runs[place], "run")} at point ${answers.points[place]} of the study: column ${columns} of runs.parquet.`;
    return compares ? `${one} The difference is the mean of differences between runs of the same seed.` : one;
  }
  const { check, effectCheck } = answers.parts[q];
  const error = decimalsFor(0, 2 * check.error);
  let text = `An emulator of column ${columns} of runs.parquet, fitted to the means of runs at ${counted(answers.number, "place")}. At points held out it was out by ${number(check.error, error)} on average (root mean square)`;
  if (check.explained !== null) text += ` and foresaw ${Math.round(100 * check.explained)}% of what differs between them`;
  text += ".";
  if (effectCheck) text += ` Differences between policies have an emulator of their own, out by ${number(effectCheck.error, decimalsFor(0, 2 * effectCheck.error))}.`;
  return text;
}

function acrossWorlds(q, places) {
  const policy = part(places, "policy");
  const means = study.worlds.map((world) => within(policy, world)).filter((one) => !answers.fault(one)).map((one) => answers.mean(q, one));
  const sorted = ordered(means);
  if (sorted.length < 2) return [NaN, NaN];
  // Few worlds are shown from the first to the last.
  return sorted.length < 20 ? [sorted[0], sorted[sorted.length - 1]] : [quantile(sorted, 0.05), quantile(sorted, 0.95)];
}

function change(found, unit, level) {
  // What rounding makes is no difference.
  if (Math.max(Math.abs(found.low), Math.abs(found.high)) <= 1e-9 * Math.abs(level)) return "Exactly as in the comparison.";
  if (!Number.isFinite(found.low)) return `${signed(found.mean, digits(found))} against the comparison; one run has no interval.`;
  const size = withUnit(number(Math.abs(found.mean), digits(found)), unit);
  const bounds = `95%: ${between(found)}`;
  if (found.low <= 0 && found.high >= 0) return `No clear difference from the comparison (${bounds}).`;
  return `${found.low > 0 ? "Higher" : "Lower"} by ${size} than in the comparison (${bounds}).`;
}

function put(id, text, value) {
  const target = element(id);
  if (!target) return;
  if (target.textContent !== text) target.textContent = text;
  if (value === undefined || !Number.isFinite(value)) delete target.dataset.value;
  else target.dataset.value = String(value);
}

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function showBands(q, found, before) {
  const box = element(`bands${q}`);
  box.replaceChildren();
  if (!found) return;
  const [low, high] = quantities[q].axis;
  const at = (value) => `${Math.min(100, Math.max(0, 100 * (value - low) / (high - low)))}%`;
  const rows = [["mean", "Mean", found.low, found.high], ["seeds", "Seeds", ...answers.spread(q, setting)]];
  if (study.worlds.length > 1) rows.push(["worlds", "Worlds", ...acrossWorlds(q, setting)]);
  for (const [kind, name, from, to] of rows) {
    if (!Number.isFinite(from + to)) continue;
    const row = make("div", "band"), track = make("div", "track"), bar = make("span", `bar ${kind}`);
    bar.style.left = at(from);
    bar.style.width = `calc(${at(to)} - ${at(from)})`;
    track.append(bar);
    for (const [mark, value] of [["before", before], ["now", found.mean]]) {
      if (!Number.isFinite(value)) continue;
      const tick = make("span", `tick ${mark}`);
      tick.style.left = at(value);
      track.append(tick);
    }
    const places = decimalsFor(low, high);
    const said = make("span", "unseen", `${number(from, places)} to ${number(to, places)}`);
    row.append(make("span", "", name), track);
    track.append(said);
    box.append(row);
  }
  const ends = make("div", "ends"), places = decimalsFor(low, high);
  ends.append(make("span", "", number(low, places)), make("span", "", number(high, places)));
  box.append(ends);
}

function showCard(q, fault, otherFault) {
  const { text } = quantities[q];
  if (fault) {
    put(`value${q}`, "No number");
    for (const id of ["interval", "difference", "from"]) put(`${id}${q}`, "");
    showBands(q, null);
    return;
  }
  const found = answers.level(q, setting);
  put(`value${q}`, withUnit(number(found.mean, digits(found)), text), found.mean);
  put(`interval${q}`, Number.isFinite(found.low) ? `95%: ${between(found)}` : "One run: no interval");
  put(`from${q}`, source(q, setting));
  if (compares && otherFault) put(`difference${q}`, "The comparison was not run in this world.");
  else if (compares) {
    const apart = answers.difference(q, setting, comparison());
    put(`difference${q}`, change(apart, text, found.mean), apart.mean);
  }
  showBands(q, found, compares && !otherFault ? answers.mean(q, comparison()) : NaN);
}

// On a telephone the cards are below the sliders: one outcome stays in sight, that which the curve is of.
function showStrip(fault) {
  const q = controls.length ? Number(element("outcome").value) : 0;
  const apart = element(`difference${q}`);
  const said = `${quantities[q].label}: ${element(`value${q}`).textContent}. ${apart ? apart.textContent : ""}`;
  put("strip", fault || said);
}

let saying = 0;

// What a screen reader says, once nothing has moved for a while.
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => put("said", text), 700);
}

function show(typedInto = -1) {
  if (controls.length) showControls(typedInto);
  const fault = refusal(setting), otherFault = compares ? answers.fault(comparison()) : "";
  put("status", fault || howAnswered(setting));
  element("status").classList.toggle("outside", Boolean(fault));
  put("compared", `The comparison: ${describe(other, "policy")}, in the same world.`);
  for (let q = 0; q < study.shown; q += 1) showCard(q, fault, otherFault);
  const told = quantities.slice(0, study.shown).map((one, q) => `${one.label}: ${element(`value${q}`).textContent}`);
  showStrip(fault);
  if (fault) say(fault);
  else say(told.join("; "));
  if (controls.length) draw();
  if (study.criteria.length) rank();
}

// --- the curve ---------------------------------------------------------------------------------

const NARROW = matchMedia("(max-width: 40em)");
const LEFT = 78, RIGHT = 34, TOP = 18, BOTTOM = 66;
const PIECES = 40;
let WIDTH = 720, HEIGHT = 380;

function svg(tag, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function ticks(low, high) {
  const raw = (high - low) / 4, size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * size).find((one) => one >= raw * 0.999);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step * 1e-9; value += step) found.push(value);
  return { values: found, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

// What is drawn at each place along the control: with the policy as set, and with what it is compared with.
function curve(q, i, view) {
  const control = controls[i];
  const places = control.isRange
    ? Array.from({ length: PIECES + 1 }, (_, k) => control.low + (control.high - control.low) * k / PIECES)
    : control.levels.map((_, level) => level);
  const value = (one, before) => {
    if (answers.fault(one) || (view === "difference" && answers.fault(before))) return null;
    return view === "difference" ? answers.difference(q, one, before) : answers.level(q, one);
  };
  return places.map((place) => {
    const one = setting.map((at, k) => (k === i ? place : at)), before = comparison(one);
    const moved = control.role === "policy" ? null : before;
    const runs = view === "level" && !answers.fault(one) ? answers.spread(q, one) : [NaN, NaN];
    return { place, now: value(one, before), before: view === "level" && compares && moved ? value(moved, moved) : null, runs };
  });
}

function draw() {
  const q = Number(element("outcome").value), i = Number(element("across").value);
  const view = element("view") ? element("view").value : "level";
  const withRuns = element("runs") && element("runs").checked && view === "level";
  const control = controls[i], points = curve(q, i, view), chart = element("chart");
  const what = view === "level" ? quantities[q].label : `Difference in ${inSentence(quantities[q].label)}`;
  const unit = quantities[q].text.replace("{}", "").trim();
  chart.replaceChildren();
  [WIDTH, HEIGHT] = NARROW.matches ? [400, 330] : [720, 380];
  chart.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  const seen = points.flatMap(({ now, before, runs }) => [
    ...[now, before].filter(Boolean).flatMap((one) => [one.low, one.high, one.mean]), ...(withRuns ? runs : []),
  ]).filter(Number.isFinite);
  if (view === "difference") seen.push(0);
  const caption = `${what}${unit ? ` (${unit})` : ""} by ${inSentence(control.label)}, all else as it is set above. `;
  if (!points.some(({ now }) => now)) {
    put("chart-title", `${caption}Nothing was run along it.`);
    fillTable(points, control, view);
    return;
  }
  let low = Math.min(...seen), high = Math.max(...seen);
  const room = 0.08 * (high - low) || 0.1 * Math.abs(high) || 1;
  [low, high] = [low - room, high + room];
  const span = control.isRange ? control.high - control.low : control.levels.length;
  const x = (place) => LEFT + (WIDTH - LEFT - RIGHT) * (control.isRange ? place - control.low : place + 0.5) / span;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
  drawAxes(chart, control, x, y, low, high);
  if (control.isRange) drawLines(chart, points, x, y, withRuns);
  else drawDots(chart, points, x, y, withRuns);
  if (view === "difference") chart.append(svg("line", { class: "axis", x1: LEFT, x2: WIDTH - RIGHT, y1: y(0), y2: y(0) }));
  if (Number.isFinite(setting[i]) && control.isRange && setting[i] >= control.low && setting[i] <= control.high) {
    chart.append(svg("line", { class: "here", x1: x(setting[i]), x2: x(setting[i]), y1: TOP, y2: HEIGHT - BOTTOM }));
  }
  put("chart-title", caption + legend(points, control, withRuns));
  fillTable(points, control, view);
}

function legend(points, control, withRuns) {
  const interval = study.cells ? "the 95% interval of the mean" : "where the mean lies, 95%, by the emulator's error";
  const shape = control.isRange ? ["Solid blue", "band", "dashed brown"] : ["Blue dots", "bar", "brown rings"];
  let text = `${shape[0]}: the policy that is set, with ${interval} as a ${shape[1]}.`;
  if (points.some(({ before }) => before)) text += ` ${sentence(shape[2])}: the comparison.`;
  if (withRuns) text += ` Dotted grey: nine of ten single runs.`;
  if (points.some(({ now }) => !now)) text += ` Where nothing is drawn, nothing was run.`;
  return text;
}

function drawAxes(chart, control, x, y, low, high) {
  const scale = ticks(low, high);
  for (const value of scale.values) {
    chart.append(svg("line", { class: "rule", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }));
    chart.append(svg("text", { x: LEFT - 8, y: y(value) + 5, "text-anchor": "end" }, number(value, scale.decimals)));
  }
  chart.append(svg("path", { class: "axis", d: `M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}` }));
  const below = HEIGHT - BOTTOM + 22;
  if (control.isRange) {
    const along = ticks(control.low, control.high);
    for (const value of NARROW.matches ? along.values.filter((_, k) => k % 2 === 0) : along.values) {
      chart.append(svg("text", { x: x(value), y: below, "text-anchor": "middle" }, number(value, along.decimals)));
    }
    const unit = control.text.replace("{}", "").trim();
    const name = unit ? `${control.label} (${unit})` : control.label;
    chart.append(svg("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 14, "text-anchor": "middle" }, name));
    return;
  }
  const most = Math.max(6, Math.floor((WIDTH - LEFT - RIGHT) / control.levels.length / 7.5));
  control.levels.forEach((level, place) => {
    lines(level, most, NARROW.matches ? 3 : 2).forEach((line, k) => {
      chart.append(svg("text", { x: x(place), y: below + k * 16, "text-anchor": "middle" }, line));
    });
  });
}

// A text in few lines, cut where it is longer.
function lines(text, most, many) {
  const found = [""];
  for (const word of text.split(" ")) {
    const last = found.length - 1, joined = found[last] ? `${found[last]} ${word}` : word;
    if (joined.length <= most || !found[last]) found[last] = joined;
    else found.push(word);
  }
  const kept = found.slice(0, many).map((line) => (line.length > most + 2 ? `${line.slice(0, most)}…` : line));
  if (found.length > many) kept[many - 1] += "…";
  return kept;
}

// Pieces of a curve between places where there is no number.
function pieces(points, get) {
  const found = [[]];
  for (const point of points) {
    const value = get(point);
    if (value === null) found.push([]);
    else found[found.length - 1].push({ place: point.place, ...value });
  }
  return found.filter((piece) => piece.length);
}

function drawLines(chart, points, x, y, withRuns) {
  const path = (piece, key) => piece.map((one, k) => `${k ? "L" : "M"}${x(one.place).toFixed(2)} ${y(one[key]).toFixed(2)}`).join("");
  for (const kind of ["before", "now"]) {
    for (const piece of pieces(points, (point) => point[kind])) {
      const back = path([...piece].reverse(), "low").replace("M", "L");
      if (Number.isFinite(piece[0].low)) chart.append(svg("path", { class: `${kind}-band`, d: `${path(piece, "high")}${back}Z` }));
      chart.append(svg("path", { class: kind, d: path(piece, "mean") }));
    }
  }
  if (!withRuns) return;
  const runs = (point) => (Number.isFinite(point.runs[0]) ? { low: point.runs[0], high: point.runs[1] } : null);
  for (const piece of pieces(points, runs)) {
    for (const key of ["low", "high"]) chart.append(svg("path", { class: "runs", d: path(piece, key) }));
  }
}

function drawDots(chart, points, x, y, withRuns) {
  for (const { place, now, before, runs } of points) {
    const both = [["before", before, before && now ? -9 : 0], ["now", now, before && now ? 9 : 0]];
    for (const [kind, found, shift] of both) {
      if (!found) continue;
      const at = x(place) + shift;
      if (Number.isFinite(found.low)) {
        chart.append(svg("rect", { class: `${kind}-band`, x: at - 7, width: 14, y: y(found.high), height: Math.max(1, y(found.low) - y(found.high)) }));
      }
      if (kind === "now" && withRuns && Number.isFinite(runs[0])) {
        chart.append(svg("path", { class: "runs", d: `M${at} ${y(runs[0])}V${y(runs[1])}` }));
      }
      chart.append(svg("circle", { class: `${kind}-dot`, cx: at, cy: y(found.mean), r: 5 }));
    }
  }
}

function fillTable(points, control, view) {
  const columns = [control.label, "As set", "95%"];
  const withBefore = points.some(({ before }) => before);
  if (withBefore) columns.push("Comparison", "95% of it");
  const head = element("drawn").tHead.rows[0], body = element("drawn").tBodies[0];
  head.replaceChildren(...columns.map((name, k) => Object.assign(make("th", k ? "number" : "", name), { scope: "col" })));
  const shown = control.isRange ? points.filter((_, k) => k % 4 === 0) : points;
  body.replaceChildren(...shown.map(({ place, now, before }) => {
    const row = make("tr"), cells = [now, ...(withBefore ? [before] : [])].flatMap((found) => {
      if (!found) return ["no number", "–"];
      const text = (view === "difference" ? signed : number)(found.mean, digits(found));
      return [text, Number.isFinite(found.low) ? between(found) : "–"];
    });
    row.append(Object.assign(make("th", "", amount(control, place)), { scope: "row" }));
    cells.forEach((text, k) => {
      const cell = make("td", "number", text);
      cell.dataset.label = columns[k + 1];
      row.append(cell);
    });
    return row;
  }));
}

// --- the ranking -------------------------------------------------------------------------------

const FEW = 10;
let inWorlds = null, everyPolicy = false;

// The means of what policies are ranked by, in every world; made once.
function everywhere() {
  inWorlds ??= study.policies.map((policy) => study.worlds.map((world) => {
    const one = within(policy, world);
    return answers.fault(one) ? null : study.criteria.map(({ quantity }) => answers.mean(quantity, one));
  }));
  return inWorlds;
}

function weights() {
  const given = study.criteria.map((_, k) => Number(element(`weight${k}`).value));
  const live = given.map((weight, k) => (study.criteria[k].best === study.criteria[k].worst ? 0 : weight));
  const sum = live.reduce((total, weight) => total + weight, 0);
  // Points a unit: a hundred from the worst to the best of the study in everything.
  return sum ? live.map((weight, k) => 100 * weight / sum / (study.criteria[k].best - study.criteria[k].worst)) : null;
}

function score(means, points) {
  return means.reduce((sum, mean, k) => sum + (points[k] ? points[k] * mean : 0), 0);
}

// For each policy, the share of worlds in which it scores most.
function firsts(points) {
  const wins = new Map(), scored = everywhere();
  let met = 0;
  study.worlds.forEach((_, world) => {
    let best = -1, most = -Infinity;
    scored.forEach((row, policy) => {
      if (!row[world]) return;
      const found = score(row[world], points);
      if (found > most) [best, most] = [policy, found];
    });
    if (best >= 0) {
      wins.set(best, (wins.get(best) || 0) + 1);
      met += 1;
    }
  });
  return (policy) => (met ? (wins.get(policy) || 0) / met : NaN);
}

function ranking() {
  const points = weights(), world = part(setting, "world"), now = part(setting, "policy");
  if (!points) return [];
  const policies = study.policies.map((policy, at) => ({ policy, at }));
  if (!study.policies.some((policy) => policy.join() === now.join())) policies.push({ policy: now, at: -1 });
  const share = firsts(points);
  const found = policies.map(({ policy, at }) => ({ policy, at, setting: within(policy, world) }))
    .filter((one) => !answers.fault(one.setting))
    .map((one) => {
      const means = study.criteria.map(({ quantity }) => answers.mean(quantity, one.setting));
      return { ...one, means, score: score(means, points), first: one.at < 0 ? NaN : share(one.at) };
    })
    .sort((a, b) => b.score - a.score);
  // Points count from the worst of everything in this world.
  const worst = study.criteria.map((_, k) => Math.min(...found.map(({ means }) => (points[k] ? points[k] * means[k] : 0))));
  const least = worst.reduce((sum, one) => sum + one, 0);
  const terms = study.criteria.map(({ quantity }, k) => [quantity, points[k]]).filter(([, weight]) => weight);
  return found.map((one) => ({ ...one, score: one.score - least, behind: answers.weighted(terms, found[0].setting, one.setting) }));
}

function rank() {
  study.criteria.forEach((_, k) => put(`weighs${k}`, element(`weight${k}`).value));
  const found = ranking(), body = element("ranks").tBodies[0];
  if (!found.length) {
    put("first", weights() ? "No policy was run in the world that is set above." : "Give at least one of these a weight.");
    body.replaceChildren();
    return;
  }
  const tied = (one) => !(one.behind.low > 0);
  const near = found.slice(1).filter(tied).length;
  const name = ({ policy }) => describe(within(policy, part(setting, "world")), "policy");
  const apart = near ? `; ${near === 1 ? "one other cannot" : `${near} others cannot`} be told from it` : ", clearly before all others";
  put("first", `First: ${name(found[0])}${apart}.`);
  const most = Math.max(100, found[0].score), button = element("all");
  button.hidden = found.length <= FEW;
  button.textContent = everyPolicy ? "Show the first alone" : `Show all ${found.length} policies`;
  const now = part(setting, "policy").join(), head = [...element("ranks").tHead.rows[0].cells].map((cell) => cell.textContent);
  body.replaceChildren(...found.map((one, place) => {
    const row = make("tr", one.policy.join() === now ? "here" : "");
    row.hidden = !everyPolicy && place >= FEW && one.policy.join() !== now;
    const set = one.policy.join() === now ? " (as set above)" : "";
    row.append(Object.assign(make("th", "", sentence(name(one)) + set), { scope: "row" }));
    const behind = place ? `${number(one.behind.mean, digits(one.behind))}${Number.isFinite(one.behind.low) ? ` (${between(one.behind)})` : ""}` : "–";
    const cells = [
      tied(one) && place ? `${place + 1}, or first` : String(place + 1), number(one.score, 0), behind,
      Number.isFinite(one.first) ? `${Math.round(100 * one.first)}%` : "–",
      ...one.means.map((mean, k) => number(mean, study.criteria[k].decimals)),
    ];
    cells.forEach((text, k) => {
      const cell = make("td", "number", text);
      cell.dataset.label = head[k + 1];
      if (k === 1) {
        cell.dataset.value = String(one.score);
        const bar = make("span", "score");
        bar.style.width = `${100 * one.score / most}%`;
        cell.append(bar);
      }
      row.append(cell);
    });
    return row;
  }));
}

// --- listening ---------------------------------------------------------------------------------

document.addEventListener("submit", (event) => event.preventDefault());
if (controls.length) {
  element("controls").addEventListener("input", readControl);
  element("controls").addEventListener("reset", (event) => {
    event.preventDefault();
    setting = [...atStart];
    other = controls.map((control) => control.compared);
    controls.forEach((control, i) => {
      if (control.isRange) element(`control${i}`).value = setting[i];
    });
    show();
  });
  element("picks").addEventListener("input", () => {
    draw();
    showStrip(refusal(setting));
  });
  NARROW.addEventListener("change", draw);
  if (compares) {
    element("hold").addEventListener("click", () => {
      other = [...setting];
      show();
    });
  }
}
if (study.criteria.length) {
  element("weights").addEventListener("input", rank);
  element("all").addEventListener("click", () => {
    everyPolicy = !everyPolicy;
    rank();
  });
}
show();
