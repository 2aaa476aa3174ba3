// Looks at the page as it stands, within the page: what axe finds wrong, and text in colours it was not asked about yet.
window.cmLook = (() => {
  "use strict";

  // A number for a long line of words.
  const numbered = (words) => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (let at = 0; at < words.length; at++) {
      one = Math.imul(one ^ words.charCodeAt(at), 2654435761);
      other = Math.imul(other ^ words.charCodeAt(at), 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
    other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return 4294967296 * (2097151 & other) + (one >>> 0);
  };
  const clear = (colour) => colour === "rgba(0, 0, 0, 0)" || colour === "transparent";
  const holds = (outer, inner) =>
    outer.left <= inner.left + 1 && outer.right >= inner.right - 1 && outer.top <= inner.top + 1 && outer.bottom >= inner.bottom - 1;

  // What stands behind an element: whatever an ancestor paints or fades, outermost first, and whose boxes those are.
  const grounds = () => {
    const known = new Map();
    const behind = (element) => {
      if (element === null) return { words: "", boxes: [], off: false };
      const before = known.get(element);
      if (before) return before;
      const outer = behind(element.parentElement), style = getComputedStyle(element);
      let own = "";
      const paints = !clear(style.backgroundColor) || style.backgroundImage !== "none";
      if (paints) own += style.backgroundColor + style.backgroundImage;
      if (style.opacity !== "1") own += "fades" + style.opacity;
      if (style.filter !== "none" || style.mixBlendMode !== "normal") own += style.filter + style.mixBlendMode;
      // What is laid over others has what they paint behind it: one class of it always stands in one place.
      if (style.position === "absolute" || style.position === "fixed") own += "laid " + element.tagName + element.getAttribute("class");
      if (element.matches("[disabled], [aria-disabled=true]")) own += "disabled";
      const box = paints || style.clipPath !== "none" ? element.getBoundingClientRect() : null;
      const found = {
        words: own ? outer.words + ">" + own : outer.words,
        boxes: paints ? [...outer.boxes, box] : outer.boxes,
        // Kept for those who cannot see: clipped to nothing.
        off: outer.off || (style.clipPath !== "none" && box.width <= 1 && box.height <= 1),
      };
      known.set(element, found);
      return found;
    };
    return behind;
  };

  const ENTERED = new Set(["INPUT", "SELECT", "TEXTAREA"]);

  // The elements that hold text somebody sees, each with everything its contrast depends on.
  function* texts() {
    const behind = grounds(), forced = matchMedia("(forced-colors: active)").matches;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    for (let element = walker.currentNode; element; element = walker.nextNode()) {
      if (!ENTERED.has(element.tagName) && ![...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim())) continue;
      if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
      const ground = behind(element);
      if (ground.off) continue;
      const style = getComputedStyle(element), box = element.getBoundingClientRect();
      let words = [forced, style.color, style.fontSize, style.fontWeight, style.textShadow, ground.words].join("|");
      if (element instanceof SVGElement) words += style.fill;
      // A link within a text has to be told from it.
      if (element.tagName === "A") {
        words += style.textDecorationLine + style.display + "in" + getComputedStyle(element.parentElement).color;
        words += behind(element.parentElement).words;
      }
      // Out of the box that is painted behind it, it stands on whatever is beside that box.
      if (!ground.boxes.every((one) => holds(one, box))) words += "out of " + path(element);
      yield [element, words];
    }
  }
  const path = (element) => element ? path(element.parentElement) + " " + element.tagName + (element.getAttribute("class") || "") : "";

  const lines = (found) => found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help} — ${node.target.join(" ")}: ${node.html.slice(0, 200)}`));

  // The rules among those of the options that something on this page falls under: of the others nothing can be wrong.
  const about = (options) => axe._audit.rules
    .filter((rule) => axe.utils.ruleShouldRun(rule, { page: true }, options) && document.querySelector(rule.selector))
    .map((rule) => rule.id);

  const RULE = { type: "rule" }, SIZE = "target-size", LARGE = 24;
  const asked = async (options) => {
    const rules = about(options), wrong = [];
    const crowd = rules.includes(SIZE) ? crowded() : [];
    const told = (values) => ({ resultTypes: ["violations"], preload: false, runOnly: { ...RULE, values } });
    if (crowd.length) wrong.push(...lines(await axe.run(crowd, told([SIZE]))));
    const others = rules.filter((rule) => rule !== SIZE);
    if (others.length) wrong.push(...lines(await axe.run(document, told(others))));
    return wrong;
  };

  // What may be too small or too near to another to be hit: axe is asked about it. What is large enough and under or
  // over nothing that can be hit, or small with room about it, is well whatever else axe would go by.
  const HIT = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex][role]:not([role=region], [role=group], [role=table])";
  const crowded = () => {
    const targets = [...document.querySelectorAll(HIT)].filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }));
    const small = ({ box }) => box.width < LARGE || box.height < LARGE;
    const apart = (one, other) => Math.max(one.left - other.right, other.left - one.right, one.top - other.bottom, other.top - one.bottom);
    const near = (one, other) => apart(one.box, other.box) < (!small(one) ? 0 : small(other) ? LARGE : LARGE / 2);
    return targets.filter((one) => targets.some((other) => other !== one && near(one, other)) && !worded(one.element))
      .map(({ element }) => element);
  };
  // A link among the words of a paragraph is as high as they are: no rule asks it to be larger.
  const worded = (one) => {
    const words = one.tagName === "A" && one.parentElement.tagName === "P" ? one.parentElement : null;
    return words && getComputedStyle(one).display === "inline" && !words.querySelector("br, hr")
      && [...words.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  };

  // Ask about colours where something is written in some that are not known to be well.
  const colours = async (rules, known) => {
    const well = new Set(known), waiting = new Map();
    for (const [element, words] of texts()) {
      const number = numbered(words);
      // What axe could say nothing about, as it stands under something, is asked about wherever else it stands.
      if (!well.has(number) && !waiting.has(number) && !well.has(numbered(words + path(element)))) waiting.set(number, [element, words]);
    }
    if (!waiting.size) return { wrong: [], well: [] };
    const found = await axe.run([...waiting.values()].map(([element]) => element),
      { runOnly: { type: "rule", values: rules }, resultTypes: ["violations", "incomplete"], elementRef: true });
    const [wrong, unsaid] = [found.violations, found.incomplete].map((rules) => rules.flatMap((rule) => rule.nodes.map((node) => node.element)));
    const sound = [];
    for (const [number, [element, words]] of waiting) {
      // What is within one that was asked about was asked about as well, and may be at fault.
      if (wrong.some((one) => element.contains(one))) continue;
      sound.push(unsaid.some((one) => element.contains(one)) ? numbered(words + path(element)) : number);
    }
    return { wrong: lines(found), well: sound };
  };

  // What was shown when everything was asked. Where all that is shown was shown then, or stands outside the main part and
  // looks like what was asked about on another page, what goes by places is enough.
  const looked = new WeakSet();
  const needed = (whole, part, frames) => {
    const shown = [...document.querySelectorAll("body, body *")].filter((one) => one.checkVisibility({ visibilityProperty: true }));
    const main = document.querySelector("main");
    const frame = main ? numbered(shown.filter((one) => !main.contains(one)).map(shape).join("")) : null;
    const known = (one) => looked.has(one) || (main && !main.contains(one) && frames.includes(frame));
    const enough = part && shown.every(known);
    for (const one of shown) looked.add(one);
    return enough ? { options: part, frame: null } : { options: whole, frame };
  };
  // An element with what is said of it, but for where it leads, and a mark where it holds text.
  const shape = (one) => one.cloneNode(false).outerHTML
    .replace(/ (href|action|value|content|nonce|aria-current)="[^"]*"/g, "") + ([...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) ? "words" : "");

  const wide = () => {
    const over = document.scrollingElement.scrollWidth - window.innerWidth;
    if (over <= 0) return [];
    const furthest = [...document.querySelectorAll("body *")]
      .sort((one, other) => other.getBoundingClientRect().right - one.getBoundingClientRect().right)[0];
    return [`${over} px too wide: ${furthest.outerHTML.slice(0, 200)}`];
  };

  const look = async ({ whole, part, colour, known, frames }) => {
    // What stands half under the bar at the foot of a phone is all there once it is scrolled: it is measured so.
    const bars = [...document.querySelectorAll(".cm-reach")];
    for (const bar of bars) bar.style.position = "static";
    const ask = whole ? needed(whole, part, frames) : { frame: null };
    const wrong = whole ? [...(await asked(ask.options)), ...wide()] : [];
    const seen = colour.length ? await colours(colour, known) : { wrong: [], well: [] };
    for (const bar of bars) bar.style.position = "";
    return { wrong: [...wrong, ...seen.wrong], well: seen.well, frame: ask.frame };
  };
  return Object.assign(look, { crowded });
})();
// The last value is no function: the browser's tools would call it.
void 0;
