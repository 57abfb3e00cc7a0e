// Dark for the night shift unless this browser was told otherwise. Runs before the first paint, so it is a plain script and not a module.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("iotgateway.theme");
  } catch {
    // A browser that keeps nothing stays dark.
  }
  document.documentElement.dataset.theme = kept === "light" ? "light" : "dark";
})();
