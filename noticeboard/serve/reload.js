// Asks the preview whether this page has changed, and loads it again; the browser keeps the place on the page.
(() => {
  const { token } = document.currentScript.dataset;
  const question = `/_preview/changed?${new URLSearchParams({ page: location.pathname, token })}`;
  let asking = null;
  const ask = async () => {
    // A browser opens six connections to a host: tabs that nobody looks at leave them to the one in front.
    if (asking || document.hidden) return;
    asking = new AbortController();
    let wait = 1000;
    try {
      const answer = await fetch(question, { cache: "no-store", signal: asking.signal });
      if (answer.ok) {
        if ((await answer.text()) !== token) {
          location.reload();
          return;
        }
        wait = 0;
      }
    } catch {
      // The preview has ended, or starts again, or this tab was left: ask later.
    }
    asking = null;
    setTimeout(ask, wait);
  };
  addEventListener("load", () => setTimeout(ask, 0));
  document.addEventListener("visibilitychange", () => (document.hidden ? asking?.abort() : ask()));
})();
