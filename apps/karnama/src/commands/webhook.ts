import { randomBytes, randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Webhook } from '@karnama/adapter-postgres';
import { KarnamaError } from '@karnama/kernel';
import type { Frequency } from '@karnama/statistics';
import type { Footing } from '../footing.js';
import { json, print, say, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions, type Session } from '../run-command.js';

type AddOptions = CommonOptions & {
  readonly indicator: string;
  readonly area?: string;
  readonly freq?: string;
  readonly allowPrivate?: boolean;
};

const frequencyOf = (footing: Footing, indicator: string, asked: string | undefined): Frequency => {
  const summary = footing.indicators.list().find(({ code }) => code === indicator);
  if (summary === undefined)
    throw new KarnamaError(
      'unknown-indicator',
      `there is no indicator "${indicator}"`,
      'karnama indicators lists them',
    );
  const freq = summary.frequencies.find((one) => one === (asked ?? summary.frequencies[0]));
  if (freq === undefined)
    throw new KarnamaError(
      'bad-request',
      `${indicator} is not told by ${asked}`,
      `one of ${summary.frequencies.join(', ')}`,
    );
  return freq;
};

/** Refuses an area that the indicator cannot be asked by. */
const check = async ({ indicators }: Footing, { indicator, area, freq }: Webhook): Promise<void> => {
  const { requiredDimensions = [] } = await indicators.describe(indicator);
  const where = area === null ? {} : { area: [area] };
  await indicators.data({
    indicator,
    freq,
    where,
    by: requiredDimensions.filter((dimension) => !(dimension in where)),
    asKnownAt: 'latest',
  });
};

const add = async ({ footing }: Session, address: string, options: AddOptions): Promise<void> => {
  const { readTarget, reach } = await import('../webhooks/target.js');
  const url = readTarget(address);
  const allowPrivate = options.allowPrivate === true;
  await reach(url, allowPrivate);
  const releases = await footing.indicators.releases();
  const webhook: Webhook = {
    id: randomUUID(),
    url: url.href,
    indicator: options.indicator,
    area: options.area ?? null,
    freq: frequencyOf(footing, options.indicator, options.freq),
    secret: randomBytes(32).toString('base64url'),
    allowPrivate,
    addedAt: new Date(),
    // what was released before is not told
    toldEpoch: releases.at(-1)?.epoch ?? 0,
  };
  await check(footing, webhook);
  await footing.webhooks.add(webhook);
  const { id, secret } = webhook;
  if (options.json === true) return print(json({ id, secret }));
  await print(`webhook ${id} added\nsecret: ${secret}\n`);
  say(
    'messages are signed with the secret (karnama-signature: HMAC-SHA-256 of the body); it is not shown again',
  );
};

const list = async ({ footing }: Session, options: CommonOptions): Promise<void> => {
  const webhooks = await footing.webhooks.list();
  if (options.json === true)
    return print(json({ webhooks: webhooks.map(({ secret: _, ...webhook }) => webhook) }));
  await print(
    table(
      ['id', 'indicator', 'area', 'by', 'delivered', 'due', 'last failure', 'address'],
      webhooks.map(({ id, indicator, area, freq, delivered, due, failure, url }) => [
        id,
        indicator,
        area ?? '',
        freq,
        String(delivered),
        String(due),
        failure ?? '',
        url,
      ]),
    ),
  );
};

const find = async ({ webhooks }: Footing, id: string): Promise<Webhook> => {
  const found = (await webhooks.list()).find((webhook) => webhook.id === id);
  if (found === undefined)
    throw new KarnamaError('unknown-webhook', `there is no webhook "${id}"`, 'karnama webhook list');
  return found;
};

const remove = async ({ footing }: Session, id: string): Promise<void> => {
  await find(footing, id);
  await footing.webhooks.remove(id);
  await print(`webhook ${id} removed\n`);
};

const test = async ({ footing }: Session, id: string): Promise<void> => {
  const webhook = await find(footing, id);
  const { send } = await import('../webhooks/send.js');
  const { indicator, area, freq } = webhook;
  const delivery = randomUUID();
  const body = JSON.stringify({ id: delivery, event: 'test', indicator, area, freq });
  try {
    await send(webhook, { id: delivery, event: 'test', body });
  } catch (cause) {
    if (cause instanceof KarnamaError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new KarnamaError('webhook-failed', `${webhook.url} was not told: ${why}`, 'check the receiver', {
      cause,
    });
  }
  await print(`${webhook.url} was told\n`);
};

const deliver = async ({ footing, signal }: Session): Promise<void> => {
  const { tellWebhooks } = await import('../webhooks/tell.js');
  const { webhooks: store, indicators } = footing;
  say('telling webhooks of releases; stop with Ctrl-C');
  await tellWebhooks({ store, indicators, now: () => new Date(), log: say }, signal);
};

export const addWebhook = (program: Command): void => {
  const webhook = program
    .command('webhook')
    .summary('tell other programs when an indicator is released, revised or turns its sign')
    .description(
      'A webhook is told after each release what it brought new, revised or turned the sign of, in a signed message, again and again until it is taken.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  karnama webhook add https://example.org/karnama --indicator EMP_JOBS --area IR-23\n  karnama webhook list\n  karnama webhook test ID',
    );
  withCommonOptions(webhook.command('add'))
    .description('register an address; prints the secret that messages are signed with')
    .argument('<url>', 'https address, or http on this machine')
    .requiredOption('--indicator <code>', 'indicator to follow')
    .option('--area <code>', 'area to follow, such as IR-23 (default: all)')
    .option('--freq <M|Q|A>', 'months, quarters or years (default: the first of the indicator)')
    .option('--allow-private', 'the address may stand in a private network')
    .action((url: string, options: AddOptions) =>
      runCommand(options, 'webhook: adds one', (session) => add(session, url, options)),
    );
  withCommonOptions(webhook.command('list'))
    .description('all webhooks and how they fare')
    .action((options: CommonOptions) =>
      runCommand(options, 'webhook: lists them', (session) => list(session, options)),
    );
  withCommonOptions(webhook.command('remove'))
    .description('take one away, with what it was still to be told')
    .argument('<id>')
    .action((id: string, options: CommonOptions) =>
      runCommand(options, 'webhook: removes one', (session) => remove(session, id)),
    );
  withCommonOptions(webhook.command('test'))
    .description('send a signed message of the event "test" now')
    .argument('<id>')
    .action((id: string, options: CommonOptions) =>
      runCommand(options, 'webhook: tests one', (session) => test(session, id)),
    );
  withCommonOptions(webhook.command('deliver'))
    .description('deliver until stopped; where no `karnama start` runs, which does so too')
    .action((options: CommonOptions) => runCommand(options, 'webhook: delivers', deliver));
};
