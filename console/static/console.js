// What scripts add, all of it optional: keys for whoever works in lists all day, a list of errors takes the focus, what
// was opened over the page closes again, and of a row of pages that runs on to the side the open one is in sight.
(function () {
  "use strict";
  var errors = document.querySelector(".cm-errors[tabindex]:not([autofocus])");
  if (errors) { errors.focus(); }
  var row = document.querySelector(".cm-subnav__list");
  var here = row && row.querySelector("[aria-current]");
  if (here) { row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2; }

  // ---- keys. Whoever does not want them, or whose voice types them by mistake, switches them off in what "?" shows.
  var OFF = "cm-keys-off";
  var dialog = document.getElementById("keys");
  var opener = document.getElementById("keys-open");
  function off() { try { return localStorage.getItem(OFF) === "1"; } catch (e) { return false; } }
  function show() { if (dialog && !dialog.open) { dialog.showModal(); } }
  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll("main .cm-table tbody tr"), function (one) {
      return one.querySelector("th a, .cm-table__pick input");
    });
  }
  function goTo(step) {
    var all = rows();
    var at = all.indexOf(document.activeElement && document.activeElement.closest("tr"));
    var next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
    if (!next) { return false; }
    (next.querySelector("th a") || next.querySelector("input")).focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }
  function choose() {
    var at = document.activeElement && document.activeElement.closest("tr");
    var box = at && at.querySelector(".cm-table__pick input");
    if (box) { box.click(); }
    return Boolean(box);
  }
  var does = {
    "/": function () {
      var box = document.querySelector(".cm-search input[type=search]");
      if (box) { box.focus(); }
      return Boolean(box);
    },
    "?": function () { show(); return Boolean(dialog); },
    j: function () { return goTo(1); },
    k: function () { return goTo(-1); },
    x: choose,
    ArrowDown: function () { return inRow() && goTo(1); },
    ArrowUp: function () { return inRow() && goTo(-1); }
  };
  function inRow() { return rows().indexOf(document.activeElement && document.activeElement.closest("tr")) >= 0; }
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || (dialog && dialog.open)) { return; }
    if (at.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox")) { return; }
    if (!Object.prototype.hasOwnProperty.call(does, event.key) || off()) { return; }
    if (does[event.key]()) { event.preventDefault(); }
  });
  if (dialog && opener) {
    var uses = dialog.querySelector("input");
    uses.checked = !off();
    uses.addEventListener("change", function () {
      try { localStorage.setItem(OFF, uses.checked ? "0" : "1"); } catch (e) { /* it stays as it is */ }
    });
    opener.hidden = false;
    opener.addEventListener("click", show);
  }
  // What is laid over the page closes with Escape, and once the focus is elsewhere: it would hide where that is.
  document.addEventListener("focusin", function (event) {
    document.querySelectorAll("details.cm-drop[open]").forEach(function (drop) {
      if (!drop.contains(event.target)) { drop.open = false; }
    });
    var menu = document.getElementById("nav");
    if (menu && menu.hidePopover && menu.matches(":popover-open") && !menu.contains(event.target)) { menu.hidePopover(); }
  });
  document.addEventListener("keydown", function (event) {
    var drop = event.key === "Escape" && event.target.closest("details.cm-drop[open]");
    if (!drop) { return; }
    drop.open = false;
    drop.querySelector("summary").focus();
  });
  // How many rows are chosen is said beside what can be done with them.
  var said = document.getElementById("chosen-count");
  if (said) {
    document.addEventListener("change", function (event) {
      if (event.target.name !== "row" && event.target.name !== "all") { return; }
      var many = document.querySelectorAll("input[name=row]:checked").length;
      said.textContent = many ? many + " chosen" : "";
      said.parentNode.classList.toggle("cm-bulk--chosen", many > 0);
    });
  }
  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
})();
