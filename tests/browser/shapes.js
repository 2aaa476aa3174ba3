// What every part of a page looks like to a rule, as numbers: a part of the same number is well wherever it stands.
window.cmShapes = (() => {
  "use strict";

  // A number for a long line of words, written short.
  const numbered = (words) => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (let at = 0; at < words.length; at++) {
      one = Math.imul(one ^ words.charCodeAt(at), 2654435761);
      other = Math.imul(other ^ words.charCodeAt(at), 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
    other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return (4294967296 * (2097151 & other) + (one >>> 0)).toString(36);
  };

  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  // Whether it says anything to somebody who listens.
  const worded = (one) => {
    if (one.closest("[aria-hidden=true]")) return "unheard";
    if (!one.querySelector("[aria-hidden], [aria-label], [role], img, svg, [hidden]")) return one.textContent.trim() !== "";
    return one.innerHTML.replace(/>[^<]*[^<\s][^<]*</g, ">words<");
  };

  // Of these no rule asks what they say, only whether they say anything.
  const FREE = new Set(`action alt aria-current aria-label cx cy d datetime download dx dy height href id max maxlength min
    minlength name nonce pattern placeholder points r rows rx ry size src step title transform value viewBox width
    x x1 x2 y y1 y2`.split(/\s+/));
  // These name other elements: a rule asks what it finds there.
  const NAMES = new Set(`aria-activedescendant aria-controls aria-describedby aria-details aria-errormessage aria-flowto
    aria-labelledby aria-owns for form headers list popovertarget`.split(/\s+/));

  // An element that another one names. One that stands out of sight or is clipped to nothing is there for some rules only.
  const placed = (one) => {
    if (!one) return "nothing";
    const box = one.getBoundingClientRect(), off = box.width <= 1 || box.height <= 1 || box.right <= 0 || box.bottom <= 0;
    return [one.localName, one.type, one.getAttribute("role"), one.tabIndex >= 0, shown(one), off, one.hasAttribute("aria-label")].join(".");
  };
  const named = (one) => placed(one) + (one ? worded(one) : "");
  const all = (value) => value.split(/\s+/).filter(Boolean).map((id) => named(document.getElementById(id))).join();

  // What is said of an element itself.
  const own = (one) => {
    let words = one.localName;
    for (const { name, value } of one.attributes) {
      if (NAMES.has(name)) words += ` ${name}=${all(value)}`;
      else if (FREE.has(name) || name.startsWith("data-")) words += ` ${name}${value.trim() ? "" : "=nothing"}`;
      else if (name !== "style" || value) words += ` ${name}=${value}`;
    }
    if (one.checked) words += " checked";
    if ("labels" in one) {
      const labels = one.id ? document.querySelectorAll(`label[for="${CSS.escape(one.id)}"]`) : [];
      words += ` labels=${[...labels, one.closest("label")].filter(Boolean).map(named).join()}`;
    }
    const to = one.localName === "a" ? one.getAttribute("href") : null;
    if (to && to.startsWith("#")) words += ` leads=${placed(document.getElementById(to.slice(1)))} stands=${placed(one)}`;
    // A picture must not say again what the words beside it say.
    if (one.localName === "img") words += ` alt=${one.alt} beside=${one.parentElement.textContent}`;
    return words;
  };

  // What each element is within, with what is said of each of those; and what it holds: of many alike, that they follow
  // each other. In a row of a table the number counts as well.
  const paths = new WeakMap();
  const parts = () => {
    const found = [];
    const visit = (one, path) => {
      if (!one.checkVisibility()) return "hidden" + one.localName;
      const here = numbered(path + ">" + (shown(one) ? "" : "unseen ") + own(one)), at = found.length;
      const part = { element: one, key: "", end: 0 };
      paths.set(one, here);
      found.push(part);
      let before = "^", within = "";
      const pairs = new Set(), row = one.localName === "tr";
      for (const child of one.childNodes) {
        const is = child.nodeType === 1 ? visit(child, here) : child.nodeType === 3 && child.data.trim() ? "words" : "";
        if (!is) continue;
        if (row) within += is + ";";
        else pairs.add(before + is);
        before = is;
      }
      part.end = found.length;
      // Of the page as a whole, rules ask what is said of it itself.
      const whole = one === document.body || one === document.documentElement;
      part.key = whole ? here : numbered(here + (row ? within : [...pairs].join(";") + before));
      return part.key;
    };
    const head = [...document.querySelectorAll("meta[name=viewport], meta[http-equiv]")].map((one) => one.content).join(";");
    visit(document.documentElement, `${document.title.trim() !== ""} ${head}`);
    return found;
  };

  // The parts that are not known, and the largest that are. The page as a whole is gone through in any case.
  const fresh = (known) => {
    const every = parts(), unknown = [], left = [];
    for (let at = 0; at < every.length; ) {
      const { element, key, end } = every[at], whole = element === document.body || element === document.documentElement;
      if (!known.has(key)) unknown.push(every[at]);
      else if (!whole) left.push(element);
      at = known.has(key) && !whole ? end : at + 1;
    }
    return { unknown: unknown.filter(({ element }) => shown(element)), left };
  };

  // How the parts of a page stand to one another, as numbers: each heading after the one before, each landmark within what
  // and whether another is called like it; and as one number whatever counts for a page as a whole: all that stands
  // outside the main part, and of what there may be one only, or has to be one. Nothing where one cannot go by it.
  const HEADING = "h1, h2, h3, h4, h5, h6, [role=heading]";
  const LANDMARK = `main, header, footer, nav, aside, search, iframe, [accesskey], section[aria-label], section[aria-labelledby],
    section[title], form[aria-label], form[aria-labelledby], form[title], [role=banner], [role=complementary], [role=contentinfo],
    [role=form], [role=main], [role=navigation], [role=region], [role=search]`;
  const ROLES = { aside: "complementary", footer: "contentinfo", header: "banner", nav: "navigation", section: "region" };
  const role = (one) => one.getAttribute("role") || ROLES[one.localName] || one.localName;
  const ONCE = new Set(["banner", "contentinfo", "iframe", "main"]);
  const called = (one) => [one.getAttribute("aria-label"), one.title, ...(one.getAttribute("aria-labelledby") || "").split(/\s+/)
    .map((id) => id && document.getElementById(id)).filter(Boolean).map((each) => each.textContent.trim())].join("|");
  const skeleton = () => {
    const mains = document.querySelectorAll("main"), ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    if (mains.length !== 1 || new Set(ids).size < ids.length) return null;
    const words = new Set(), whole = new Set(), names = new Set(), once = [];
    let heading = "";
    const within = (one) => one ? within(one.parentElement) + "<" + one.localName + one.getAttribute("role") : "";
    for (const one of document.body.querySelectorAll("*")) {
      const outside = !mains[0].contains(one), heads = one.matches(HEADING), marks = one.matches(LANDMARK);
      if (!(outside || heads || marks) || !shown(one)) continue;
      const unheard = one.closest("[aria-hidden=true]") ? " unheard" : "";
      if (outside) whole.add(own(one) + within(one.parentElement) + [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
      if (heads) {
        const level = (one.getAttribute("aria-level") || one.localName) + (one.getAttribute("role") || "") + unheard;
        words.add(heading + " then " + level);
        if (level.includes("1")) whole.add(level);
        heading = level;
      }
      if (marks) {
        const name = role(one) + called(one), key = one.getAttribute("accesskey");
        words.add(one.localName + one.getAttribute("role") + unheard + key + within(one.parentElement) + (names.has(name) ? " again" : "") + (called(one) === "|" ? " unnamed" : ""));
        names.add(name);
        if (ONCE.has(role(one)) || key !== null) once.push(role(one) + key + unheard);
      }
    }
    return [...[...words].map((one) => "stands " + one), "whole " + [...whole, ...once].join("|")].map(numbered);
  };

  // What the stylesheet goes by: an element and what it is within, each with what is said of it. Nobody looks otherwise
  // for what it names, or for what is written in an attribute that is free: only whether it is there may be seen.
  const looks = (one, before) => {
    if (!one) return "";
    if (before.has(one)) return before.get(one);
    let words = looks(one.parentElement, before) + ">" + one.localName;
    for (const { name, value } of one.attributes) {
      if (FREE.has(name) || name.startsWith("data-")) words += ` ${name}`;
      else if (!NAMES.has(name)) words += ` ${name}=${value}`;
    }
    const number = numbered(words);
    before.set(one, number);
    return number;
  };

  // What an element is and what it is within, as when the parts were last looked at.
  const path = (one) => paths.get(one);

  return { numbered, shown, fresh, skeleton, path, looks };
})();
