/* global document, window */
/* Before anything is painted: the language, the direction and the ground that the address asks for. */
(function () {
  /* What early.ts asks for: under way while the program itself is still loaded. */
  function early(query) {
    var page = query.get('page');
    var movements =
      page === 'movements' || (page === null && (query.has('dataflow') || query.has('measure')));
    var wanted = ['api/releases'];
    if (!movements) wanted.push('api/indicators');
    if (!movements && page !== 'releases') wanted.push('api/dataflows/JOBS');
    wanted.forEach(function (address) {
      var link = document.createElement('link');
      link.rel = 'preload';
      link.as = 'fetch';
      link.crossOrigin = 'anonymous';
      link.href = address;
      document.head.append(link);
    });
  }
  /* What the browser knows of languages takes it long to find, once: it looks while the program is on its way. */
  function warm(locale) {
    [Intl.NumberFormat, Intl.DateTimeFormat, Intl.PluralRules].forEach(function (Kind) {
      window.setTimeout(function () {
        new Kind(locale);
      });
    });
  }
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
  early(query);
  warm(root.lang === 'en' ? 'en-GB' : 'fa-IR');
})();
