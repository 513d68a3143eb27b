/* global document, window */
/* Before anything is painted: the language, the direction and the ground that the address asks for. */
(function () {
  var query = new URLSearchParams(window.location.search);
  var root = document.documentElement;
  var theme = query.get('theme');
  if (query.get('lang') === 'en') {
    root.lang = 'en';
    root.dir = 'ltr';
  }
  if (theme !== 'light' && theme !== 'dark')
    theme = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.dataset.theme = theme;
  if (query.get('embed') === '1') root.dataset.embed = 'true';
})();
