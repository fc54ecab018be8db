// Sets the chosen theme before the first paint. A classic script, so that it runs before the body exists.
(() => {
  const chosen = localStorage.getItem('deskhand.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
