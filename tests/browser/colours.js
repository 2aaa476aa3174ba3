// The colours of what is written on a page, and which of them nobody can be kept out by.
window.cmColours = (() => {
  "use strict";
  const { numbered, looks } = window.cmShapes;
  //: More than any text needs, so that a rounding elsewhere makes no difference.
  const PLENTY = 4.6;

  const clear = (colour) => colour === "rgba(0, 0, 0, 0)" || colour === "transparent";
  const holds = (outer, inner) =>
    outer.left <= inner.left + 1 && outer.right >= inner.right - 1 && outer.top <= inner.top + 1 && outer.bottom >= inner.bottom - 1;
  const meets = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const path = (element) => element ? path(element.parentElement) + " " + element.tagName + (element.getAttribute("class") || "") : "";

  // Red, green, blue and how much of it there is; nothing for a colour said in another way.
  const read = (colour) => {
    const told = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(colour);
    return told && [+told[1], +told[2], +told[3], told[4] === undefined ? 1 : +told[4]];
  };
  const over = (upper, lower) => [0, 1, 2].map((at) => upper[at] * upper[3] + lower[at] * (1 - upper[3])).concat(1);
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [less, more] = [light(one), light(other)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  };

  // What stands behind an element: whatever an ancestor paints or fades, outermost first, and whose boxes those are.
  const grounds = () => {
    const known = new Map();
    const behind = (element) => {
      if (element === null) return { words: "", boxes: [], off: false, colour: [255, 255, 255, 1], plain: true };
      const before = known.get(element);
      if (before) return before;
      const outer = behind(element.parentElement), style = getComputedStyle(element);
      let own = "", plain = outer.plain, colour = outer.colour;
      const paints = !clear(style.backgroundColor) || style.backgroundImage !== "none";
      if (paints) {
        own += style.backgroundColor + style.backgroundImage;
        const painted = style.backgroundImage === "none" && read(style.backgroundColor);
        if (painted && colour) colour = over(painted, colour);
        else if (!painted || painted[3] < 1) colour = null;
        else colour = painted;
      }
      if (style.opacity !== "1") own += "fades" + style.opacity;
      if (style.filter !== "none" || style.mixBlendMode !== "normal") own += style.filter + style.mixBlendMode;
      if (own.includes("fades") || style.filter !== "none" || style.mixBlendMode !== "normal") plain = false;
      // What is laid over others has what they paint behind it: one class of it always stands in one place.
      if (style.position === "absolute" || style.position === "fixed") {
        own += "laid " + element.tagName + element.getAttribute("class");
        plain = false;
      }
      if (element.matches("[disabled], [aria-disabled=true]")) own += "disabled";
      const box = paints || style.clipPath !== "none" ? element.getBoundingClientRect() : null;
      const found = {
        words: own ? outer.words + ">" + own : outer.words,
        boxes: paints ? [...outer.boxes, box] : outer.boxes,
        // Kept for those who cannot see: clipped to nothing.
        off: outer.off || (style.clipPath !== "none" && box.width <= 1 && box.height <= 1),
        colour,
        plain,
      };
      known.set(element, found);
      return found;
    };
    return behind;
  };

  const ENTERED = new Set(["INPUT", "SELECT", "TEXTAREA"]);

  // The elements that hold text somebody sees, each with everything its contrast depends on.
  function* texts(among) {
    const behind = grounds(), forced = matchMedia("(forced-colors: active)").matches;
    for (const element of among || [document.body, ...document.body.querySelectorAll("*")]) {
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
      const within = ground.boxes.every((one) => holds(one, box));
      if (!within) words += "out of " + path(element);
      yield { element, words, style, box, ground, within };
    }
  }

  // Whatever paints a ground of its own, but is not behind what it holds: laid or drawn over something else.
  const painters = () => [...document.body.querySelectorAll("*")].flatMap((element) => {
    const style = getComputedStyle(element);
    return clear(style.backgroundColor) && style.backgroundImage === "none" ? [] : [{ element, box: element.getBoundingClientRect() }];
  });

  // Whether a text can be read, by its colours alone: on nothing but the plain grounds of what it stands in.
  const plainly = ({ element, style, box, ground, within }, painted) => {
    if (!within || !ground.plain || !ground.colour || style.textShadow !== "none" || element instanceof SVGElement) return false;
    if (element.tagName === "A" && !style.textDecorationLine.includes("underline") && !style.display.startsWith("block") && !alone(element)) return false;
    if (painted.some((one) => !one.element.contains(element) && !element.contains(one.element) && meets(one.box, box))) return false;
    const written = read(style.color);
    return written !== null && contrast(over(written, ground.colour), ground.colour) >= PLENTY;
  };
  // A link with no words about it, within the nearest box.
  const alone = (link) => {
    let outer = link.parentElement;
    while (outer.parentElement && getComputedStyle(outer).display.startsWith("inline")) outer = outer.parentElement;
    return outer.textContent.trim() === link.textContent.trim();
  };

  // The texts in colours that are not known to be well, by the number of what their contrast depends on; the numbers of
  // those that turn out to be well as one looks at them; and of all, as they stand: an element of one class within others,
  // which looks so by day, looks alike by night and in forced colours wherever it stands, however wide the page is.
  // Those that were not seen so by day stand behind each number. By night it is asked among them alone.
  const waiting = (known, among) => {
    const asked = new Map(), well = [], day = new Map(), before = new Map();
    let painted = null;
    for (const text of texts(among)) {
      const number = numbered(text.words), here = () => numbered(text.words + path(text.element));
      if (!among) {
        const seen = numbered(looks(text.element, before) + "|" + text.words);
        if (!known.has(seen)) day.set(seen, [...(day.get(seen) || []), text.element]);
      }
      // What axe could say nothing about, as it stands under something, is asked about wherever else it stands.
      if (known.has(number) || asked.has(number) || known.has(here())) continue;
      if (plainly(text, painted ||= painters())) {
        known.add(number);
        well.push(number);
      } else asked.set(number, { element: text.element, here });
    }
    return { asked, well, day };
  };

  // What is well by its colours alone, for the test that asks axe about all of it.
  const plain = () => {
    const painted = painters();
    return [...texts()].filter((text) => plainly(text, painted)).map(({ element }) => element);
  };

  return { waiting, plain };
})();
