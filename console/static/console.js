// What scripts add, all of it optional: the search box answers to "/", a list of errors takes the focus, and of a row
// of pages that runs on to the side the one that is open is in sight.
(function () {
  "use strict";
  var errors = document.querySelector(".cm-errors[tabindex]:not([autofocus])");
  if (errors) { errors.focus(); }
  var row = document.querySelector(".cm-subnav__list");
  var here = row && row.querySelector("[aria-current]");
  if (here) { row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2; }
  document.addEventListener("keydown", function (event) {
    var box = document.querySelector(".cm-search input");
    var at = event.target;
    if (!box || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) { return; }
    event.preventDefault();
    box.focus();
  });
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
