/** Configuration of the nodes: everything on the loopback interface, small, quick to rebalance. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Ports of one node; those of the listeners with a login exist only on a secure broker. */
const PORTS = ['plaintext', 'controller', 'sasl', 'ssl', 'saslSsl'];

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** From `port` on, ten for each node; with 0 whatever is free. */
export const choosePorts = async (port, nodes) => {
  const chosen = [];
  for (let node = 0; node < nodes; node++) {
    const entries = [];
    for (const [index, name] of PORTS.entries())
      entries.push([name, port === 0 ? await freePort() : port + node * 10 + index]);
    chosen.push(Object.fromEntries(entries));
  }
  return chosen;
};

export const newClusterId = () => {
  const id = randomBytes(16).toString('base64url');
  // the storage tool takes a leading hyphen for another option, so no identity begins with one
  return id.startsWith('-') ? newClusterId() : id;
};

const secureSettings = (certificates, ports) => ({
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  // who reaches the plain listener is at this machine and may do everything, as without a login
  'super.users': 'User:ANONYMOUS',
  'allow.everyone.if.no.acl.found': 'false',
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512,SCRAM-SHA-256,OAUTHBEARER',
  ...Object.fromEntries(
    ['sasl_plaintext', 'sasl_ssl'].flatMap((listener) => [
      ...['scram-sha-512', 'scram-sha-256'].map((mechanism) => [
        `listener.name.${listener}.${mechanism}.sasl.jaas.config`,
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      ]),
      // unsigned tokens are for this machine's tests only
      [
        `listener.name.${listener}.oauthbearer.sasl.jaas.config`,
        'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";',
      ],
    ]),
  ),
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.location': join(certificates, 'broker.store.pem'),
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': join(certificates, 'ca.pem'),
  'listener.name.ssl.ssl.client.auth': 'required',
  'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
  listeners: listenersOf(ports, ['plaintext', 'controller', 'sasl', 'ssl', 'saslSsl']),
  'advertised.listeners': listenersOf(ports, ['plaintext', 'sasl', 'ssl', 'saslSsl']),
});

const LISTENERS = {
  plaintext: 'PLAINTEXT',
  controller: 'CONTROLLER',
  sasl: 'SASL_PLAINTEXT',
  ssl: 'SSL',
  saslSsl: 'SASL_SSL',
};

const listenersOf = (ports, names) =>
  names.map((name) => `${LISTENERS[name]}://127.0.0.1:${ports[name]}`).join(',');

/** server.properties of one node. */
export const settingsOf = ({ id, ports, all, logs, certificates }) => {
  const copies = Math.min(3, all.length);
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': all
      .map((node, index) => `${index + 1}@127.0.0.1:${node.controller}`)
      .join(','),
    'listener.security.protocol.map': Object.values(LISTENERS)
      .map((name) => `${name}:${name === 'CONTROLLER' ? 'PLAINTEXT' : name}`)
      .join(','),
    listeners: listenersOf(ports, ['plaintext', 'controller']),
    'advertised.listeners': listenersOf(ports, ['plaintext']),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': logs,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': copies,
    'min.insync.replicas': Math.max(1, copies - 1),
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.num.partitions': 4,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': Math.max(1, copies - 1),
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': Math.max(1, copies - 1),
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 500,
    'log.cleaner.dedupe.buffer.size': 4 * 1024 * 1024,
    'message.max.bytes': 4 * 1024 * 1024,
    'replica.fetch.max.bytes': 4 * 1024 * 1024,
    'controlled.shutdown.retry.backoff.ms': 200,
    // how soon the others take over from a node that was killed
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    ...(certificates === undefined ? {} : secureSettings(certificates, ports)),
  };
  return `${Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
};
