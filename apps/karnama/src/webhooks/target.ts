import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { KarnamaError } from '@karnama/kernel';

const listOf = (...ranges: readonly (readonly [address: string, prefix: number])[]): BlockList => {
  const list = new BlockList();
  for (const [address, prefix] of ranges)
    list.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4');
  return list;
};

const loopback = listOf(['127.0.0.0', 8], ['::1', 128]);

/** Networks that are not the open internet (IANA special-purpose registries), besides loopback. */
const inner = listOf(
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
);

const holds = (list: BlockList, address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
};

const refuse = (message: string, mend: string): never => {
  throw new KarnamaError('bad-webhook', message, mend);
};

/** The address of a webhook as it was typed. @throws KarnamaError `bad-webhook` */
export const readTarget = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : refuse(`"${text}" is no address`, 'https://host/path');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    refuse(`${url.protocol} is not spoken here`, 'give an https address');
  if (url.username !== '' || url.password !== '')
    refuse('an address with a password in it would stand in logs', 'messages are signed: leave it away');
  return url;
};

/** An address that a message may be sent to, found in the name service now. */
export type Reachable = { readonly address: string; readonly family: 4 | 6 };

/**
 * Where a target stands, if a message may be sent there: https, or loopback; no inner network unless that is
 * meant. The message has to go to this very address: a name may stand for another one a moment later.
 * @throws KarnamaError `bad-webhook`
 */
export const reach = async (url: URL, allowPrivate: boolean): Promise<Reachable> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found =
    isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host, family: isIP(host) }];
  for (const { address } of found) {
    if (holds(loopback, address)) continue;
    if (url.protocol !== 'https:')
      refuse(`${host} would be told without encryption`, 'give an https address');
    if (!allowPrivate && holds(inner, address))
      refuse(`${host} stands in a private network (${address})`, 'say --allow-private if that is meant');
  }
  const [first] = found;
  if (first === undefined) return refuse(`${host} stands for no address`, 'check its name');
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
};
