import { createInterface } from 'node:readline';
import type { AppendFault, ReadFault, SubscriptionFault } from './faults.js';
import { startEventStoreStandIn } from './stand-in.js';

/**
 * The stand-in as a process of its own: `node dist/eventstoredb/main.js [port]`. It writes one line
 * of JSON with its connection string, takes faults as lines of JSON on its standard input, and ends
 * with its standard input or at a signal.
 */
type Command =
  | { readonly failAppends: AppendFault; readonly times?: number }
  | { readonly failReads: ReadFault; readonly times?: number }
  | { readonly failSubscriptions: SubscriptionFault }
  | { readonly slowDown: number }
  | { readonly offerBatchAppend: boolean }
  | { readonly restart: true };

const [port = '0'] = process.argv.slice(2);
const server = await startEventStoreStandIn({ port: Number(port) });
const { control } = server;

const obey = async (command: Command): Promise<void> => {
  if ('failAppends' in command) control.failAppends(command.failAppends, command.times);
  else if ('failReads' in command) control.failReads(command.failReads, command.times);
  else if ('failSubscriptions' in command) control.failSubscriptions(command.failSubscriptions);
  else if ('slowDown' in command) control.slowDown(command.slowDown);
  else if ('offerBatchAppend' in command) control.offerBatchAppend(command.offerBatchAppend);
  else await control.restart();
};

const stop = (): void => {
  void server.stop().finally(() => process.exit(0));
};
process.once('SIGTERM', stop).once('SIGINT', stop);
process.stdout.write(`${JSON.stringify({ url: server.url, port: server.port })}\n`);
for await (const line of createInterface({ input: process.stdin })) await obey(JSON.parse(line) as Command);
stop();
