// Looks at the page as it stands, within the page, for whoever has keys and no mouse: what can be pressed is come to by
// the key Tab, in the order of the page, is seen when it has the focus, and no bar that stays hides it.
window.cmKeyed = (() => {
  "use strict";
  const CONTROL = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [contenteditable=true]";
  const PRESSED = "[role=button], [role=link], [role=checkbox], [role=radio], [role=tab], [role=switch], [role=menuitem], [role=option], [onclick]";
  const RING = 2, BAR = 0.6;
  const said = (one) => one.outerHTML.slice(0, 160);
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  // Clipped to nothing, or within what is: kept for those who cannot see. A skip link comes out when it has the focus.
  const clipped = (one) => {
    for (let each = one; each; each = each.parentElement) if (getComputedStyle(each).clipPath !== "none" && each.offsetWidth <= 1) return true;
    return false;
  };
  // What a dialog that is asked first lies over takes no focus until it is closed, and is asked then.
  const behind = (one) => [...document.querySelectorAll("dialog:modal")].some((over) => !over.contains(one));
  const hidden = (one) => one.closest("[aria-hidden=true]") && getComputedStyle(one).clipPath !== "none";

  // Where the ring is drawn: on the control itself or, where that is laid invisibly over what is seen, on what follows it.
  const ringed = (one) => (getComputedStyle(one).opacity === "0" ? one.nextElementSibling || one : one);
  const look = (one) => {
    const style = getComputedStyle(one);
    return { outline: style.outlineStyle + style.outlineWidth + style.outlineColor, shadow: style.boxShadow, style };
  };
  // The sides on which whatever scrolls or cuts off leaves no room for the ring.
  const cut = (one) => {
    const style = getComputedStyle(one), room = Math.max(0, parseFloat(style.outlineOffset) + 1), box = one.getBoundingClientRect();
    const sides = new Set();
    for (let outer = one.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
      const over = getComputedStyle(outer);
      if (over.overflowX === "visible" && over.overflowY === "visible") continue;
      const edge = outer.getBoundingClientRect();
      if (box.top - room < edge.top) sides.add("top");
      if (box.bottom + room > edge.bottom) sides.add("bottom");
    }
    return [...sides];
  };

  // A number for a line of words.
  const numbered = (words) => {
    let number = 0;
    for (let at = 0; at < words.length; at++) number = (Math.imul(number, 31) + words.charCodeAt(at)) >>> 0;
    return number * 4096 + words.length;
  };

  // The ring of each kind of control that was not seen on any page before.
  const rings = (controls, known) => {
    const seen = new Set(known), wrong = [], fresh = [], before = document.activeElement;
    for (const one of controls) {
      const holds = one.parentElement, within = holds.parentElement;
      const kind = numbered([one.tagName, one.type, one.className, holds.tagName, holds.className, within.className, innerWidth].join(" "));
      if (seen.has(kind)) continue;
      seen.add(kind);
      if (document.activeElement === one) one.blur();
      const where = ringed(one), was = look(where);
      one.focus({ focusVisible: true });
      const is = look(where);
      const drawn = is.style.outlineStyle === "auto" || (is.style.outlineStyle !== "none" && parseFloat(is.style.outlineWidth) >= RING);
      if (document.activeElement !== one) wrong.push(`takes no focus: ${said(one)}`);
      else if ((was.outline === is.outline && was.shadow === is.shadow) || (!drawn && was.shadow === is.shadow)) wrong.push(`has the focus and does not show it: ${said(one)}`);
      else if (cut(where).length) wrong.push(`the ring is cut off at the ${cut(where).join(" and ")}: ${said(one)}`);
      else fresh.push(kind);
    }
    if (before && before !== document.body) before.focus({ preventScroll: true });
    else if (document.activeElement) document.activeElement.blur();
    // What has the focus is scrolled to, under what stays: whatever is measured next is measured from the top again.
    if (wrong.length || fresh.length) for (const one of document.querySelectorAll("*")) if (one.scrollTop || one.scrollLeft) one.scrollTo({ top: 0, left: 0, behavior: "instant" });
    return { wrong, fresh };
  };

  return (known) => {
    const wrong = [], controls = [], padding = getComputedStyle(document.documentElement);
    const stays = { top: parseFloat(padding.scrollPaddingTop) || 0, bottom: parseFloat(padding.scrollPaddingBottom) || 0 };
    for (const one of document.body.querySelectorAll("*")) {
      if (!shown(one) || one instanceof SVGElement && !one.matches("a")) continue;
      const style = getComputedStyle(one);
      const control = one.matches(CONTROL) && !one.disabled && !behind(one);
      if (one.tabIndex > 0) wrong.push(`out of the order of the page: ${said(one)}`);
      if (control && !hidden(one)) {
        if (one.tabIndex < 0 && !(one.type === "radio")) wrong.push(`never come to by keys: ${said(one)}`);
        else if (clipped(one)) wrong.push(`keys come to it, and nobody sees it: ${said(one)}`);
        else controls.push(one);
      }
      const pressed = one.matches(PRESSED) || (style.cursor === "pointer" && getComputedStyle(one.parentElement).cursor !== "pointer");
      if (pressed && !one.closest(CONTROL) && !(one.closest("label") || {}).control && one.tabIndex < 0) wrong.push(`pressed by a mouse only: ${said(one)}`);
      if ((style.order !== "0" || style.flexDirection.endsWith("reverse")) && (control || one.querySelector(CONTROL))) wrong.push(`stands elsewhere than keys come to it: ${said(one)}`);
      if (style.position === "sticky" || style.position === "fixed") {
        const box = one.getBoundingClientRect();
        if (box.width < BAR * innerWidth || one.matches("dialog, [popover]")) continue;
        // What is fixed says both its places in pixels, whichever it was given: it counts for the edge it is nearer to.
        const near = box.top < innerHeight - box.bottom ? "top" : "bottom";
        for (const side of style.position === "fixed" ? [near] : ["top", "bottom"]) {
          if (style[side] === "auto") continue;
          if (box.height + parseFloat(style[side]) > stays[side]) wrong.push(`hides what has the focus under ${Math.round(box.height)} px, and the page keeps ${stays[side]} px free: ${said(one)}`);
          if (box.height > innerHeight / 3) wrong.push(`stays over more than a third of the page: ${said(one)}`);
        }
      }
    }
    const found = rings(controls, known);
    return { wrong: [...wrong, ...found.wrong], known: found.fresh };
  };
})();
// Opens whatever can be opened on the page and was on no page before: what is folded all at once, what is laid over the
// page one at a time, since it hides what is under it. Says what it opened; asked again it closes that first.
window.cmOpens = (() => {
  "use strict";
  const OVER = "details.cm-drop, dialog, [popover]", opened = [];
  const shut = (one) => { if (one.matches("details")) one.open = false; else if (one.matches("dialog")) one.close(); else one.hidePopover(); };
  const show = (one) => {
    if (one.matches("details")) one.open = true;
    else if (one.matches("dialog")) one.showModal();
    else one.showPopover();
    opened.push(one);
  };
  const offered = (one) => {
    if (one.matches("details")) return !one.open && one.firstElementChild.checkVisibility();
    if (one.matches("dialog")) return !one.open;
    const opener = document.querySelector(`[popovertarget="${one.id}"]`);
    return !one.matches(":popover-open") && opener !== null && opener.checkVisibility();
  };
  // What it is: its class, and the elements with their classes within, however many there are of each.
  const kind = (one) => [innerWidth, one.tagName, one.className,
    ...[...new Set([...one.querySelectorAll("*")].map((each) => each.tagName + "." + (each.getAttribute("class") || "")))].sort()].join(" ");
  return (known) => {
    while (opened.length) shut(opened.pop());
    if (document.querySelector("dialog[open]")) return null;
    const seen = new Set(known), fresh = [], words = [];
    for (const one of document.querySelectorAll("details, dialog, [popover]")) {
      const over = one.matches(OVER);
      if (!offered(one) || seen.has(kind(one)) || (over && fresh.length)) continue;
      seen.add(kind(one));
      fresh.push(kind(one));
      words.push(one.matches("details") ? one.firstElementChild.textContent.trim().slice(0, 40) : "#" + one.id);
      show(one);
      if (over) break;
    }
    return fresh.length ? { words: words.join(", "), known: fresh } : null;
  };
})();
// The last value is no function: the browser's tools would call it.
void 0;
