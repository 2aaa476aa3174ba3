// Asks of a session only what makes sense once it is said how it went. Without it each question says when it is asked.
(function () {
  "use strict";
  var MET = ["held", "shortened", "ended_for_safety", "left"];
  var WHY = ["absent", "cancelled_by_young_person", "cancelled_by_mentor", "postponed", "ended_for_safety"];
  function ask(select, prefix) {
    var went = select.value;
    function shows(name, now) {
      document.querySelectorAll("[name='" + prefix + name + "'], [name^='" + prefix + name + ".']").forEach(function (box) {
        var field = box.closest(".cm-field--full") || box.closest(".cm-field");
        // What was typed is never hidden: it would be lost without a word.
        if (field) { field.hidden = !now && !(box.value && box.type !== "hidden" && box.type !== "radio"); }
      });
    }
    shows("done", MET.indexOf(went) >= 0);
    shows("impact", MET.indexOf(went) >= 0);
    shows("in_the_way", WHY.indexOf(went) >= 0);
  }
  // What is shown is asked: when it is asked need not be said.
  document.querySelectorAll(".cm-when").forEach(function (words) { words.hidden = true; });
  document.querySelectorAll("select[name='outcome']").forEach(function (select) {
    var prefix = select.name.slice(0, -"outcome".length);
    ask(select, prefix);
    select.addEventListener("change", function () { ask(select, prefix); });
  });
})();
