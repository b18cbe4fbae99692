// Asks the preview whether this page has changed, and loads it again; the browser keeps the place on the page.
(() => {
  const { token } = document.currentScript.dataset;
  const question = `/_preview/changed?${new URLSearchParams({ page: location.pathname, token })}`;
  const ask = async () => {
    let wait = 1000;
    try {
      const answer = await fetch(question, { cache: "no-store" });
      if (answer.ok) {
        if ((await answer.text()) !== token) {
          location.reload();
          return;
        }
        wait = 0;
      }
    } catch {
      // The preview has ended, or starts again: ask later.
    }
    setTimeout(ask, wait);
  };
  addEventListener("load", () => setTimeout(ask, 0));
})();
