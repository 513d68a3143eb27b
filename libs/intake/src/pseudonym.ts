import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { PseudonymKind, PseudonymOf } from '@karnama/contracts';

/** One version of the master key; versions count from 1. */
export type PseudonymKey = { readonly version: number; readonly master: Buffer };

/** Every version of the master key that is known, newest first. */
export type PseudonymKeyRing = readonly [PseudonymKey, ...PseudonymKey[]];

/** Pseudonyms of the ledger are good for the ledger alone: other domains get keys of their own. */
const DOMAIN = 'ledger';

const keyOf = ({ version, master }: PseudonymKey): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `domain=${DOMAIN}|v=${version}`, 32)));

/** Base32 as in RFC 4648, section 6, in small letters. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Two letters for each ten bits: half the steps of one letter for five. */
const pairs = Array.from({ length: 1024 }, (_, bits) => `${alphabet[bits >> 5]}${alphabet[bits & 31]}`);

/** 13 pairs carry 130 bits: no two persons meet by chance. */
const PAIRS = 13;

/** The first 26 letters of the base32 of a digest, given as text of one character for each byte. */
const base32 = (digest: string): string => {
  let text = '';
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [byte, bit] = [(pair * 10) >> 3, (pair * 10) & 7];
    const three =
      (digest.charCodeAt(byte) << 16) | (digest.charCodeAt(byte + 1) << 8) | digest.charCodeAt(byte + 2);
    text += pairs[(three >> (14 - bit)) & 1023] ?? '';
  }
  return text;
};

const prefixes: Readonly<Record<PseudonymKind, readonly [letter: string, spoken: string]>> = {
  person: ['p', 'nid:'],
  reference: ['r', 'ref:'],
};

/**
 * Pseudonyms under one version of the key: `p<version>_` and the first 26 letters of the base32 of
 * HMAC-SHA-256(K, "nid:" + national id), where K = HKDF-SHA-256(master, info "domain=ledger|v=<version>");
 * of an agency's number `r<version>_` and that of "ref:" + number. Nobody without the key can tell
 * whose it is, nor make one. Stored for ever: the same id must give the same pseudonym.
 */
export const pseudonymsUnder = (key: PseudonymKey): PseudonymOf => {
  const derived = keyOf(key);
  return (kind, text) => {
    const [letter, spoken] = prefixes[kind];
    const digest = createHmac('sha256', derived)
      .update(spoken + text)
      .digest('binary');
    return `${letter}${key.version}_${base32(digest)}`;
  };
};

/** Pseudonyms for what comes in now: under the newest key. */
export const newestPseudonyms = ([newest]: PseudonymKeyRing): PseudonymOf => pseudonymsUnder(newest);
