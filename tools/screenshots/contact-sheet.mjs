/** The pictures of all pages side by side, as one page that needs nothing but the files beside it. */

const style = `
  body { margin: 24px; background: #e8eae7; color: #1b2320; font: 15px/1.5 system-ui, sans-serif; }
  h2 { margin: 32px 0 8px; }
  .row { display: flex; gap: 12px; align-items: start; overflow-x: auto; padding-bottom: 12px; }
  figure { margin: 0; flex: none; }
  figcaption { color: #55605c; }
  img { display: block; border: 1px solid #87918c; background: #fff; }
  img.wide { width: 480px; }
  img.narrow { width: 195px; }
`;

/**
 * @param {readonly { name: string }[]} views
 * @param {readonly { lang: string, theme: string, width: number }[]} looks
 * @param {(view: { name: string }, look: object) => string} nameOf name of a picture's file
 */
export const indexOf = (views, looks, nameOf) => {
  const picture = (view, look) => `
      <figure>
        <figcaption>${look.lang} ${look.theme} ${look.width}</figcaption>
        <a href="${nameOf(view, look)}"><img class="${look.width > 800 ? 'wide' : 'narrow'}" loading="lazy"
          src="${nameOf(view, look)}" alt="${view.name}, ${look.lang}, ${look.theme}, ${look.width} pixels"></a>
      </figure>`;
  const sections = views.map(
    (view) => `
    <h2 id="${view.name}">${view.name}</h2>
    <div class="row">${looks.map((look) => picture(view, look)).join('')}</div>`,
  );
  const links = views.map(({ name }) => `<a href="#${name}">${name}</a>`).join(' · ');
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Karnama: every page</title><style>${style}</style></head>
  <body><h1>Every page</h1><p>${links}</p>${sections.join('')}
  </body>
</html>
`;
};
