// Looks at the page as it stands, within the page: what axe finds wrong with whatever is not known to be well already.
window.cmLook = (() => {
  "use strict";
  const { numbered, shown, fresh, skeleton, path } = window.cmShapes, { waiting } = window.cmColours;

  // What is known to be well: what one was told when one came to this page, and what was learnt on it.
  const known = new Set();

  const lines = (found) => found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help} — ${node.target.join(" ")}: ${node.html.slice(0, 200)}`));

  // Asks axe for some rules; gives the lines, and the elements at fault.
  const asks = async (where, rules, more = {}) => {
    const found = await axe.run(where, { resultTypes: ["violations"], preload: false, elementRef: true, runOnly: { type: "rule", values: rules }, ...more });
    const of = (results) => results.flatMap((rule) => rule.nodes.map((node) => node.element));
    return { wrong: lines(found), at: of(found.violations), unsaid: of(found.incomplete || []) };
  };

  // The rules of a set under which something falls that is not known: of the others nothing can be wrong.
  const about = (rules, elements) => axe._audit.rules
    .filter((rule) => rules.includes(rule.id) && elements.some((one) => one.matches(rule.selector)))
    .map((rule) => rule.id);

  // Every part that is not known, without those within it that are.
  const partwise = async (rules) => {
    const { unknown, left } = fresh(known);
    if (!unknown.length) return { wrong: [], well: [] };
    const metas = unknown[0].element === document.documentElement ? [...document.querySelectorAll("meta, title")] : [];
    const needed = about(rules, [...unknown.map((part) => part.element), ...metas]);
    const found = needed.length ? await asks({ include: [document.documentElement], exclude: left }, needed) : { wrong: [], at: [] };
    return { wrong: found.wrong, well: unknown.filter(({ element }) => !found.at.some((one) => element.contains(one))).map((part) => part.key) };
  };

  // How the parts stand to one another.
  const together = async (rules) => {
    const numbers = skeleton();
    if (numbers && numbers.every((one) => known.has(one))) return { wrong: [], well: [] };
    const found = await asks(document, rules);
    return { wrong: found.wrong, well: found.wrong.length ? [] : numbers || [] };
  };

  const SIZE = "target-size", LARGE = 24, SCROLL = "scrollable-region-focusable";

  // What may be too small or too near to another to be hit: axe is asked about it. What is large enough and under or
  // over nothing that can be hit, or small with room about it, is well whatever else axe would go by.
  const HIT = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex][role]:not([role=region], [role=group], [role=table])";
  const crowded = () => {
    const targets = [...document.querySelectorAll(HIT)].filter(shown).map((element) => ({ element, box: element.getBoundingClientRect() }));
    const small = ({ box }) => box.width < LARGE || box.height < LARGE;
    const apart = (one, other) => Math.max(one.left - other.right, other.left - one.right, one.top - other.bottom, other.top - one.bottom);
    // Round the middle of what is small there is room for a circle: it meets no other, and nothing large.
    const middle = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const off = ([x, y], { left, right, top, bottom }) => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    const between = ([x, y], [a, b]) => Math.hypot(x - a, y - b);
    const near = (one, other) => apart(one.box, other.box) < 0
      || (small(one) && (off(middle(one), other.box) < LARGE / 2 || (small(other) && between(middle(one), middle(other)) < LARGE)));
    return targets.filter((one) => targets.some((other) => other !== one && near(one, other)) && !amongWords(one.element))
      .map(({ element }) => element);
  };
  // A link among the words of a paragraph is as high as they are: no rule asks it to be larger.
  const amongWords = (one) => {
    const words = one.tagName === "A" && one.parentElement.tagName === "P" ? one.parentElement : null;
    return words && getComputedStyle(one).display === "inline" && !words.querySelector("br, hr")
      && [...words.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  };
  // What has more in it than it shows, and scrolls.
  const scrolling = () => [...document.querySelectorAll("body *")].filter((one) =>
    (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight) && shown(one)
    && /auto|scroll/.test(getComputedStyle(one).overflow));

  // What may be too near to what, by what they are and where they stand: they stand as well so on any other page.
  const classes = (one) => one ? classes(one.parentElement) + " " + one.localName + "." + (one.getAttribute("class") || "") : "";
  const FAR = 2 * LARGE;
  const neighbours = (crowd) => {
    const targets = [...document.querySelectorAll(HIT)].filter(shown).map((element) => ({ element, box: element.getBoundingClientRect() }));
    const whole = (...lengths) => lengths.map((each) => Math.round(2 * each)).join();
    return new Map(crowd.map((element) => {
      const box = element.getBoundingClientRect();
      const near = targets.filter((one) => one.element !== element
        && one.box.left < box.right + FAR && one.box.right > box.left - FAR && one.box.top < box.bottom + FAR && one.box.bottom > box.top - FAR);
      const stand = near.map((one) => classes(one.element) + one.element.tabIndex
        + whole(one.box.left - box.left, one.box.top - box.top, one.box.width, one.box.height));
      return [element, numbered(["crowd", classes(element), element.tabIndex, whole(box.width, box.height), ...stand].join("|"))];
    }));
  };

  // Where things stand, at this width.
  const placed = async () => {
    const stand = neighbours(crowded()), wrong = [], well = [];
    const crowd = [...stand.keys()].filter((one) => !known.has(stand.get(one)));
    if (crowd.length) {
      const found = await asks(crowd, [SIZE]);
      wrong.push(...found.wrong);
      well.push(...crowd.filter((one) => !found.at.some((at) => one.contains(at) || at.contains(one))).map((one) => stand.get(one)));
    }
    // What takes the focus itself, where it scrolls, does so wherever it stands within the like.
    const scrolls = scrolling().filter((one) => one.tabIndex < 0 || !known.has(numbered("scrolls" + path(one))));
    if (scrolls.length) {
      const found = await asks(scrolls, [SCROLL]);
      wrong.push(...found.wrong);
      well.push(...scrolls.filter((one) => one.tabIndex >= 0 && !found.at.includes(one)).map((one) => numbered("scrolls" + path(one))));
    }
    return { wrong, well };
  };

  // Ask about colours where something is written in some that are not known to be well.
  const coloured = async (rules, among) => {
    const { asked, well, day } = waiting(known, among);
    if (!asked.size) return { wrong: [], well, day };
    const found = await asks([...asked.values()].map(({ element }) => element), rules, { resultTypes: ["violations", "incomplete"] });
    for (const [number, { element, here }] of asked) {
      // What is within one that was asked about was asked about as well, and may be at fault.
      if (found.at.some((one) => element.contains(one))) continue;
      well.push(found.unsaid.some((one) => element.contains(one)) ? here() : number);
    }
    return { wrong: found.wrong, well, day };
  };

  const wide = () => {
    const over = document.scrollingElement.scrollWidth - window.innerWidth;
    if (over <= 0) return [];
    const furthest = [...document.querySelectorAll("body *")]
      .sort((one, other) => other.getBoundingClientRect().right - one.getBoundingClientRect().right)[0];
    return [`${over} px too wide: ${furthest.outerHTML.slice(0, 200)}`];
  };

  // The rules of some tags, but for those that are asked in a way of their own.
  const others = (tags, apart) => axe._audit.rules
    .filter((rule) => axe.utils.ruleShouldRun(rule, { page: true }, { runOnly: { type: "tag", values: tags } }) && !apart.includes(rule.id))
    .map((rule) => rule.id);

  // What was not seen as it looks by day before, and so is looked at by night.
  let nightly = null;

  const look = async ({ everything, tags, whole, colour, told }) => {
    for (const one of told.split(" ")) known.add(one);
    // What stands half under the bar at the foot of a phone is all there once it is scrolled: it is measured so.
    const bars = [...document.querySelectorAll(".cm-reach")];
    for (const bar of bars) Object.assign(bar.style, { position: "static", zIndex: "auto" });
    const wrong = [], well = [];
    const hears = (found) => {
      wrong.push(...found.wrong);
      well.push(...found.well);
      for (const one of found.well) known.add(one);
    };
    if (everything) {
      hears(await partwise(others(tags, [...whole, ...colour, SIZE, SCROLL])));
      hears(await together(whole));
      hears(await placed());
      wrong.push(...wide());
    }
    const seen = await coloured(colour, everything ? null : nightly);
    if (everything) nightly = [...seen.day.values()].flat();
    hears(seen);
    for (const bar of bars) Object.assign(bar.style, { position: "", zIndex: "" });
    return { wrong, well: [...new Set(well)].join(" "), day: everything ? [...seen.day.keys()].join(" ") : "" };
  };
  return Object.assign(look, { crowded });
})();
// The last value is no function: the browser's tools would call it.
void 0;
