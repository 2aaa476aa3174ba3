// Keeps the page of long work up to date while it goes on, and opens it anew once it has ended. Without it a link does.
(function () {
  "use strict";
  var box = document.querySelector("[data-progress]");
  if (!box) { return; }
  var bar = box.querySelector("progress");
  var words = box.querySelector("[data-words]");
  var failures = 0;
  function shown(told) {
    failures = 0;
    if (told.ended) { window.location.reload(); return; }
    if (told.of) { bar.max = told.of; bar.value = told.done; }
    if (words.textContent !== told.words) { words.textContent = told.words; }
    window.setTimeout(ask, 1000);
  }
  function ask() {
    fetch(box.dataset.progress, { headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (answer) { if (!answer.ok || answer.redirected) { throw new Error("no answer"); } return answer.json(); })
      .then(shown)
      .catch(function () {
        failures += 1;
        if (failures > 5) { words.textContent = "The console does not answer just now. The work goes on; open this page again later."; return; }
        window.setTimeout(ask, 3000);
      });
  }
  window.setTimeout(ask, 700);
})();
