/**
 * 32-bit record key of an entity (FNV-1a over UTF-16 units, finished with the murmur3 mixer so that
 * neighbouring ids spread evenly). The same text gives the same key for ever: released cells store sums of keys.
 * Source: Fowler–Noll–Vo FNV-1a; Appleby, MurmurHash3 `fmix32`.
 */
export const recordKey = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};
