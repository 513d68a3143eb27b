import type { Label } from '@karnama/kernel';
import { dayName, digitsIn, nameIn, releaseName, type FileLanguage } from './file-language.js';
import type { Provenance } from './provenance.js';

const shortHash = (hash: string): string => hash.slice(0, 16);

const knowledgeIn = (provenance: Provenance, language: FileLanguage): string => {
  const { release, day: known, epoch, cutAt, position } = provenance;
  if (known !== null) {
    const name = dayName(`${known}T00:00:00.000Z`, language);
    return language === 'fa' ? `دانسته‌های پایان ${name}` : `what was known at the end of ${name}`;
  }
  const number = (text: string | number): string => digitsIn(String(text), language);
  if (release !== null) {
    const name = releaseName(release, language);
    const day = cutAt === null ? '' : dayName(cutAt, language);
    return language === 'fa'
      ? `انتشار ${name}${day === '' ? '' : `، بسته‌شده در ${day}`}`
      : `Release ${name}${day === '' ? '' : `, cut on ${day}`}`;
  }
  if (language === 'fa')
    return `آخرین دانسته‌ها، دورهٔ دانستهٔ ${number(epoch)}${position === null ? '' : `، جایگاه دفتر ${number(position)}`}`;
  return `what was known in knowledge epoch ${epoch}${position === null ? '' : `, ledger position ${position}`}`;
};

/** How the figures are named by who uses them: what, as known when, and the hash that they can be checked by. */
export const citationOf = (title: Label, provenance: Provenance, language: FileLanguage): string => {
  const what = nameIn(title, language);
  const known = knowledgeIn(provenance, language);
  const hash = shortHash(provenance.hash);
  return language === 'fa'
    ? `کارنامه، «${what}»، ${known}، چکیدهٔ محتوا (SHA-256): \u2066${hash}\u2069.`
    : `Karnama, “${what}”, ${known}, content hash (SHA-256): ${hash}.`;
};
