/** Asks a broker which brokers there are, in the protocol itself, so that no client is needed. */
import { connect } from 'node:net';

const METADATA = 3;

/** Metadata request, version 1, for no topic. */
const request = () => {
  const client = Buffer.from('ready');
  const body = Buffer.alloc(14 + client.length);
  body.writeInt16BE(METADATA, 0);
  body.writeInt16BE(1, 2);
  body.writeInt32BE(1, 4);
  body.writeInt16BE(client.length, 8);
  client.copy(body, 10);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
};

/** Number of brokers and the controller, from the answer without its size. */
const read = (answer) => {
  let at = 4;
  const count = answer.readInt32BE(at);
  at += 4;
  for (let broker = 0; broker < count; broker++) {
    at += 4;
    at += 2 + answer.readInt16BE(at);
    at += 4;
    at += 2 + Math.max(0, answer.readInt16BE(at));
  }
  return { brokers: count, controller: answer.readInt32BE(at) };
};

/** What the broker at a port of this machine answers within the time; undefined when it does not. */
export const askBroker = (port, timeout = 2_000) =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let bytes = Buffer.alloc(0);
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeout, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('close', () => end(undefined));
    socket.once('connect', () => socket.write(request()));
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      if (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) end(read(bytes.subarray(4)));
    });
  });
