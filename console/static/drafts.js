// Keeps a draft while somebody types, and says when it was saved. Without it, "Save and come back" does the same.
(function () {
  "use strict";
  var told = document.getElementById("cm-saved");
  // A page that changes a record has the record's version too: the draft's own goes first.
  var version = document.querySelector("input[name='cm-draft']") || document.querySelector("input[name='cm-version']");
  if (!told || !version || !window.fetch || !window.FormData) { return; }
  var form = version.form;
  var WAITS = 2000, LONGEST = 15000, AGAIN = 10000;
  var timer = 0, since = 0, sending = null, sent = "", stopped = false, leaving = false;

  function typed() {
    var pairs = new FormData(form), kept = new FormData();
    pairs.forEach(function (value, name) {
      // A file goes with the button: it would be sent again with every word.
      if (typeof value === "string") { kept.append(name, value); }
    });
    kept.append("cm-autosave", "1");
    return kept;
  }
  function words() {
    var said = "";
    typed().forEach(function (value, name) {
      if (name !== "cm-version" && name !== "cm-was" && name !== "cm-draft") { said += name + "=" + value + "\n"; }
    });
    return said;
  }
  function say(text) { if (told.textContent !== text) { told.textContent = text; } }

  function save() {
    window.clearTimeout(timer);
    timer = 0;
    if (stopped || sending || leaving) { return; }
    var now = words();
    if (now === sent) { return; }
    since = 0;
    sending = fetch(form.action, { method: "POST", body: typed(), credentials: "same-origin", redirect: "manual",
      keepalive: document.visibilityState === "hidden" })
      .then(function (answer) {
        if (answer.type === "opaqueredirect") { stopped = true; signedOut(); return null; }
        if (answer.status === 409) { stopped = true; say(told.dataset.conflict); return null; }
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.json();
      })
      .then(function (kept) {
        if (!kept) { return; }
        version.value = kept.version;
        var was = form.querySelector("input[name='cm-was']");
        if (was && kept.was) { was.value = kept.was; }
        sent = now;
        say("Saved at " + kept.at + ".");
      })
      .catch(function () { say(told.dataset.notSaved); later(AGAIN); })
      .then(function () { sending = null; if (!stopped && words() !== sent) { later(WAITS); } });
  }
  function later(wait) {
    if (stopped) { return; }
    if (!since) { since = Date.now(); }
    window.clearTimeout(timer);
    timer = window.setTimeout(save, Math.max(0, Math.min(wait, since + LONGEST - Date.now())));
  }
  function signedOut() {
    var link = document.createElement("a");
    link.href = form.action;
    link.textContent = told.dataset.signIn;
    told.textContent = told.dataset.signedOut + " ";
    told.appendChild(link);
  }

  sent = words();
  form.addEventListener("input", function () { later(WAITS); });
  form.addEventListener("change", function () { later(WAITS); });
  form.addEventListener("submit", function (event) {
    window.clearTimeout(timer);
    leaving = true;
    if (!sending) { return; }
    // The draft is on its way: wait for its new version, so that nobody is told of a conflict with themselves.
    var pressed = event.submitter;
    event.preventDefault();
    event.stopPropagation();
    sending.then(function () { form.requestSubmit(pressed || undefined); });
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { leaving = false; } });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { save(); } });
})();
