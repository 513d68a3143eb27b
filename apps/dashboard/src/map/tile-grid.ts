/** A province's place among equal tiles, and a name short enough for one. */
export type TilePlace = {
  readonly code: string;
  readonly column: number;
  readonly row: number;
  readonly short: { readonly fa: string; readonly en: string };
};

const place = (code: string, row: number, column: number, fa: string, en: string): TilePlace => ({
  code,
  column,
  row,
  short: { fa, en },
});

/** West to east and north to south, as on the map: neighbours stand side by side where squares allow it. */
export const tilePlaces: readonly TilePlace[] = [
  place('IR-04', 0, 0, 'آذ. غربی', 'W. Azer.'),
  place('IR-03', 0, 1, 'آذ. شرقی', 'E. Azer.'),
  place('IR-24', 0, 2, 'اردبیل', 'Ardabil'),
  place('IR-12', 1, 0, 'کردستان', 'Kurdist.'),
  place('IR-19', 1, 1, 'زنجان', 'Zanjan'),
  place('IR-01', 1, 2, 'گیلان', 'Gilan'),
  place('IR-02', 1, 3, 'مازندران', 'Mazand.'),
  place('IR-27', 1, 4, 'گلستان', 'Golestan'),
  place('IR-28', 1, 5, 'خ. شمالی', 'N. Khor.'),
  place('IR-05', 2, 0, 'کرمانشاه', 'Kermsh.'),
  place('IR-13', 2, 1, 'همدان', 'Hamadan'),
  place('IR-26', 2, 2, 'قزوین', 'Qazvin'),
  place('IR-30', 2, 3, 'البرز', 'Alborz'),
  place('IR-23', 2, 4, 'تهران', 'Tehran'),
  place('IR-20', 2, 5, 'سمنان', 'Semnan'),
  place('IR-09', 2, 6, 'خ. رضوی', 'R. Khor.'),
  place('IR-16', 3, 0, 'ایلام', 'Ilam'),
  place('IR-15', 3, 1, 'لرستان', 'Lorestan'),
  place('IR-00', 3, 2, 'مرکزی', 'Markazi'),
  place('IR-25', 3, 3, 'قم', 'Qom'),
  place('IR-10', 3, 4, 'اصفهان', 'Isfahan'),
  place('IR-21', 3, 5, 'یزد', 'Yazd'),
  place('IR-29', 3, 6, 'خ. جنوبی', 'S. Khor.'),
  place('IR-06', 4, 1, 'خوزستان', 'Khuzest.'),
  place('IR-14', 4, 2, 'چهارمحال', 'Chahar.'),
  place('IR-17', 4, 3, 'کهگیلویه', 'Kohgil.'),
  place('IR-07', 4, 4, 'فارس', 'Fars'),
  place('IR-08', 4, 5, 'کرمان', 'Kerman'),
  place('IR-11', 4, 6, 'سیستان', 'Sistan'),
  place('IR-18', 5, 3, 'بوشهر', 'Bushehr'),
  place('IR-22', 5, 5, 'هرمزگان', 'Hormoz.'),
];

const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;

export type ArrowKey = keyof typeof directions;

export const isArrow = (key: string): key is ArrowKey => key in directions;

/**
 * The tile that an arrow key leads to: the nearest one in that direction, counting a step aside double, so
 * that gaps in the map are no dead ends. The tile itself at the edge.
 */
export const tileBeyond = (code: string, key: ArrowKey): string => {
  const from = tilePlaces.find((tile) => tile.code === code);
  if (from === undefined) return code;
  const [x, y] = directions[key];
  const reachable = tilePlaces.flatMap((tile) => {
    const [across, down] = [tile.column - from.column, tile.row - from.row];
    const ahead = across * x + down * y;
    const aside = Math.abs(x === 0 ? across : down);
    return ahead > 0 ? [{ code: tile.code, cost: ahead + 2 * aside }] : [];
  });
  return reachable.reduce((best, tile) => (tile.cost < best.cost ? tile : best), { code, cost: Infinity })
    .code;
};
