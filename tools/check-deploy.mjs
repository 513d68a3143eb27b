/**
 * Checks what deploy/ says against itself and against the sources: files parse, names meet, every variable
 * and every metric exists, every alert has its page. What needs a program that is not installed (helm,
 * promtool, hadolint, check-jsonschema, kubernetes-validate; on PATH, or in the directories of
 * KARNAMA_DEPLOY_TOOLS) is told as skipped.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import {
  Ajv,
  all,
  check,
  faultsOfRun,
  found,
  parseAllDocuments,
  run,
  say,
  tally,
  text,
  unique,
  withProgram,
  without,
  yaml,
} from './check-deploy/report.mjs';
import {
  environmentFaults,
  HISTOGRAM,
  histograms,
  METRIC,
  metrics,
  metricsIn,
  program,
  settingsSource,
  sources,
  variablesIn,
  variablesOf,
} from './check-deploy/sources.mjs';
import { ROOT } from './root.mjs';

// ── compose ──────────────────────────────────────────────────────────────────────────────────────────
const dockerfile = text('deploy/images/Dockerfile');
const targets = all(dockerfile, /^FROM \S+ AS (\w+)/gm);
const healthyTargets = ['worker', 'api'];
const compose = yaml('deploy/compose.yaml');
const services = Object.entries(compose.services);

const serviceFaults = ([name, service]) => {
  const faults = [];
  const tell = (fault) => faults.push(`${name}: ${fault}`);
  const {
    image = '',
    build,
    ports = [],
    secrets = [],
    networks = [],
    volumes = [],
    depends_on: after = {},
  } = service;
  if (!/:[^:/]+$/.test(image) || /:latest$/.test(image)) tell(`image ${image} has no tag of its own`);
  if (build !== undefined && !targets.includes(build.target))
    tell(`the Dockerfile has no target ${build.target}`);
  for (const port of ports) if (!port.startsWith('127.0.0.1:')) tell(`port ${port} is not on loopback only`);
  const { cpus, memory } = service.deploy?.resources?.limits ?? {};
  if (cpus === undefined || memory === undefined) tell('has no limits');
  if (!service.security_opt?.includes('no-new-privileges:true')) tell('may gain privileges');
  for (const secret of without(secrets, Object.keys(compose.secrets))) tell(`no secret ${secret}`);
  for (const network of without(networks, Object.keys(compose.networks))) tell(`no network ${network}`);
  for (const other of without(Object.keys(after), Object.keys(compose.services))) tell(`no service ${other}`);
  for (const volume of volumes) {
    const [from] = volume.split(':');
    if (from.startsWith('./') && !existsSync(join(ROOT, 'deploy', from))) tell(`${from} is not there`);
    if (/^\w/.test(from) && !(from in compose.volumes)) tell(`no volume ${from}`);
  }
  const runsOn = service.restart !== 'no';
  const inImage = ['intake', 'projector', 'api'].includes(build?.target);
  if (runsOn && service.healthcheck === undefined && !inImage) tell('nobody asks whether it is well');
  return faults;
};

const composeEnvironment = ([name, { environment = {} }]) => {
  const names = Object.keys(environment);
  if (['intake', 'projector', 'api'].includes(name)) return environmentFaults('compose', name, names);
  const ours = names.filter((variable) => variable.startsWith('KARNAMA_'));
  return without(ours, [...variablesIn(settingsSource), ...variablesOf('karnama')]).map(
    (x) => `${name}: nobody reads ${x}`,
  );
};

check('every YAML file parses', () =>
  found(/\.ya?ml$/)
    .filter((path) => !path.includes('/templates/'))
    .flatMap((path) =>
      parseAllDocuments(text(path), { merge: true }).flatMap(({ errors }) =>
        errors.map((error) => `${path}: ${error.message}`),
      ),
    ),
);
check('every JSON file parses', () =>
  found(/\.json$/).flatMap((path) => (JSON.parse(text(path)) ? [] : [path])),
);
check('compose: services are complete, pinned, limited, on loopback', () => services.flatMap(serviceFaults));
check('compose: every variable exists and none is missing', () => services.flatMap(composeEnvironment));
check('compose: each secret is made by make-secrets.sh and used', () => {
  const roles = all(text('deploy/make-secrets.sh'), /for role in ([\w ]+);/g).flatMap((list) =>
    list.split(' '),
  );
  const made = [
    ...all(text('deploy/make-secrets.sh'), /for name in ([\w -]+);/g).flatMap((list) => list.split(' ')),
    ...roles.flatMap((role) => [`database-password-${role}`, `database-url-${role}`]),
    'quarantine-key',
    'pseudonym-key',
  ];
  const used = services.flatMap(([, { secrets = [] }]) => secrets);
  const named = Object.keys(compose.secrets);
  return [...without(named, made), ...without(named, used), ...without(made, named)];
});
check('agencies.single.yaml names the agencies of agencies.yaml', () => {
  const [many, one] = ['agencies', 'agencies.single'].map((name) => yaml(`deploy/${name}.yaml`));
  return JSON.stringify([many.agencies, many.intake, many.gateway]) ===
    JSON.stringify([one.agencies, one.intake, one.gateway])
    ? []
    : ['they differ'];
});

// ── images ───────────────────────────────────────────────────────────────────────────────────────────
check('images: a target for each app, not as root, with health checks', () => [
  ...without(['intake', 'projector', 'api', 'karnama'], targets).map((app) => `no target ${app}`),
  ...(/^USER \d+:\d+$/m.test(dockerfile) ? [] : ['runs as root, or as a name']),
  ...healthyTargets.filter(
    (name) => !new RegExp(`AS ${name}\n(?:(?!^FROM)[\\s\\S])*?HEALTHCHECK`, 'm').test(dockerfile),
  ),
  ...all(dockerfile, /^FROM (\S+)/gm).filter((from) => from !== '${NODE_IMAGE}' && !targets.includes(from)),
  ...all(dockerfile, /\b(apps\/\w+)\/dist\/main\.js/g).filter(
    (app) => !existsSync(join(ROOT, app, 'src/main.ts')),
  ),
]);
check('images: every variable exists', () =>
  without(
    all(dockerfile, /\b(KARNAMA_\w+)=/g),
    ['intake', 'projector', 'api', 'karnama'].flatMap(variablesOf),
  ),
);
check('images: everything the build reads is sent, and is there', () =>
  all(text('deploy/images/Dockerfile.dockerignore'), /^!(\S+)/gm).filter(
    (path) => !existsSync(join(ROOT, path)),
  ),
);

// ── database roles ───────────────────────────────────────────────────────────────────────────────────
const rolesMade = all(text('deploy/postgres/roles.sql'), /'(karnama_\w+)'/g);
check('roles: grants.sql names roles and tables that there are', () => {
  const grants = text('deploy/postgres/grants.sql').replaceAll(/^\s*--.*$/gm, '');
  const migrations = sources
    .filter((path) => path.includes('/migrations/'))
    .map(text)
    .join('\n');
  const tables = [
    ...all(migrations, /CREATE TABLE ([\w.]+)/g),
    ...all(program, /migrationsTableName: '(\w+)'/g),
  ];
  const named = all(grants, /\b(?:ON|,) ((?:ledger|channel|quarantine|schema)_\w+|cells\.\w+)/g);
  const functions = all(migrations, /CREATE (?:FUNCTION|SEQUENCE) (\w+)/g);
  return [
    ...without(all(grants, /\bkarnama_\w+/g), rolesMade).map((role) => `no role ${role}`),
    ...without(named, [...tables, ...functions]).map((name) => `no table ${name}`),
    ...without(tables, all(grants, /[\w.]+/g)).map((name) => `nobody is granted anything on ${name}`),
  ];
});
check('roles: each has a password and an address', () => {
  const roles = rolesMade.map((role) => role.replace('karnama_', ''));
  return ['deploy/make-secrets.sh', 'deploy/postgres/init.sh'].flatMap((path) =>
    without(
      roles,
      all(text(path), /for role in ([\w ]+);/g).flatMap((list) => list.split(' ')),
    ).map((role) => `${path}: ${role}`),
  );
});

// ── what is watched ──────────────────────────────────────────────────────────────────────────────────
const alerts = yaml('deploy/prometheus/rules.yaml').groups.flatMap(({ rules }) => rules);
const boards = found(/grafana\/boards\/.*\.json$/).map((path) => ({ path, ...JSON.parse(text(path)) }));
const targetsOf = (board) =>
  board.panels.flatMap(({ title, targets: asked = [] }) => asked.map(({ expr }) => ({ title, expr })));
const runbook = existsSync(join(ROOT, 'docs/operations.md')) ? text('docs/operations.md') : '';
const anchors = all(runbook, /^#{1,4} (.+)$/gm).map((title) =>
  title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-'),
);

check('rules: each alert tells severity, summary, meaning and what to do', () =>
  alerts.flatMap(({ alert, labels, annotations }) => {
    const anchor = /^docs\/operations\.md#(.+)$/.exec(annotations.runbook_url)?.[1];
    const complete =
      ['page', 'ticket'].includes(labels.severity) && annotations.summary && annotations.meaning;
    return [
      ...(complete ? [] : [`${alert} is incomplete`]),
      ...(anchor === alert.toLowerCase() && anchors.includes(anchor)
        ? []
        : [`${alert} has no page in docs/operations.md`]),
    ];
  }),
);
check('rules: docs/operations.md explains no alert that there is not', () =>
  without(
    all(runbook, /^#{1,4} (Karnama[A-Z]\w+)$/gm),
    alerts.map(({ alert }) => alert),
  ),
);
check('rules: every metric exists', () =>
  alerts.flatMap(({ alert, expr }) => without(metricsIn(expr), metrics).map((name) => `${alert}: ${name}`)),
);
check('boards: every metric exists, every panel has a question and words', () =>
  boards.flatMap((board) => [
    ...targetsOf(board).flatMap(({ title, expr }) =>
      without(metricsIn(expr), metrics).map((name) => `${title}: ${name}`),
    ),
    ...board.panels
      .filter(
        ({ type, targets: asked = [], description }) =>
          type !== 'row' && (asked.length === 0 || !description),
      )
      .map(({ title }) => title),
  ]),
);
check('boards and rules: every metric of ours is looked at', () => {
  const looked = [
    ...alerts.map(({ expr }) => expr),
    ...boards.flatMap((board) => targetsOf(board).map(({ expr }) => expr)),
  ].flatMap(metricsIn);
  const ours = unique([...all(program, METRIC)]).filter(
    (name) => metrics.has(name) || histograms.includes(name),
  );
  return ours.filter(
    (name) => !looked.some((metric) => metric === name || HISTOGRAM.some((end) => metric === name + end)),
  );
});

// ── chart ────────────────────────────────────────────────────────────────────────────────────────────
const chart = 'deploy/helm/karnama';
const templates = found(/helm\/karnama\/templates\//)
  .map(text)
  .join('\n');
const values = yaml(`${chart}/values.yaml`);
const valueAt = (path) => path.split('.').reduce((value, key) => value?.[key], values);
check('chart: values fit values.schema.json', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(
    JSON.parse(text(`${chart}/values.schema.json`)),
  );
  return validate(values)
    ? []
    : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
});
check('chart: templates use values that there are', () =>
  unique(all(templates, /(?:\.Values|\$v)\.([\w.]+\w)/g)).filter((path) => valueAt(path) === undefined),
);
check('chart: every variable exists', () =>
  without(all(templates, /\bKARNAMA_[A-Z_]+\b/g), ['intake', 'projector', 'api'].flatMap(variablesOf)),
);

const variants = {
  'as it comes': [],
  'with everything': [
    'serviceMonitor.enabled=true',
    'prometheusRule.enabled=true',
    'api.ingress.enabled=true',
    'api.ingress.tlsSecret=tls',
    'kafka.ca.secret=ca',
    'kafka.certificate.secret=client',
    'projector.projections={movements}',
  ],
  'over PostgreSQL alone': [
    'kafka.enabled=false',
    'eventStore.enabled=false',
    'networkPolicy.enabled=false',
    'migration.enabled=false',
  ],
};
const rendered = (settings) => {
  const { status, stdout, stderr } = run('helm', [
    'template',
    'demo',
    chart,
    '--kube-version',
    '1.33.0',
    ...settings.flatMap((value) => ['--set', value]),
  ]);
  if (status !== 0) throw new Error(stderr);
  return stdout;
};
const deploymentFaults = (document) => {
  if (document?.kind !== 'Deployment') return [];
  const { metadata, spec } = document;
  const { securityContext: pod, containers, automountServiceAccountToken } = spec.template.spec;
  return containers.flatMap((container) => {
    const { securityContext: own, resources, startupProbe, livenessProbe, readinessProbe } = container;
    const sound =
      pod.runAsNonRoot &&
      own.readOnlyRootFilesystem &&
      !own.allowPrivilegeEscalation &&
      automountServiceAccountToken === false;
    return [
      ...(sound && own.capabilities.drop.includes('ALL') ? [] : [`${metadata.name} is not restricted`]),
      ...(resources.limits.memory && startupProbe && livenessProbe && readinessProbe
        ? []
        : [`${metadata.name} has no limits or probes`]),
      ...environmentFaults(
        'chart',
        container.name,
        container.env.map(({ name }) => name),
      ),
    ];
  });
};
const inFile = (name, content, work) => {
  const directory = mkdtempSync(join(tmpdir(), 'karnama-deploy-'));
  try {
    writeFileSync(join(directory, name), content);
    return work(join(directory, name));
  } finally {
    rmSync(directory, { recursive: true });
  }
};

withProgram('helm', 'helm lint and template', () => {
  check('helm lint --strict', () => faultsOfRun('helm', ['lint', '--strict', chart]));
  for (const [name, settings] of Object.entries(variants))
    check(`helm template, ${name}: restricted pods, probes, limits, variables`, () =>
      parseAllDocuments(rendered(settings)).flatMap((document) =>
        document.errors.length > 0 ? document.errors.map(String) : deploymentFaults(document.toJS()),
      ),
    );
  check('helm refuses values that do not fit', () =>
    ['intake.replicas=many', 'kafka.brokers={nonsense}', 'logLevel=loud'].filter(
      (value) =>
        run('helm', ['template', 'demo', chart, '--kube-version', '1.33.0', '--set', value]).status === 0,
    ),
  );
  withProgram('kubernetes-validate', 'schemas of Kubernetes 1.33', () => {
    for (const name of ['as it comes', 'over PostgreSQL alone'])
      check(`kubernetes-validate --strict, ${name}`, () =>
        inFile('chart.yaml', rendered(variants[name]), (path) =>
          faultsOfRun('kubernetes-validate', ['-k', '1.33', '--strict', '--quiet', path]),
        ),
      );
  });
});
withProgram('promtool', 'promtool', () => {
  check('promtool check config and rules', () =>
    faultsOfRun('promtool', ['check', 'config', 'deploy/prometheus/prometheus.yml']),
  );
  check('promtool test rules', () =>
    faultsOfRun('promtool', ['test', 'rules', 'deploy/prometheus/rules.test.yaml']),
  );
  check('promtool: every question of the boards parses', () => {
    const rules = boards.flatMap(targetsOf).map(({ expr }, index) => ({ record: `board:${index}`, expr }));
    return inFile('boards.json', JSON.stringify({ groups: [{ name: 'boards', rules }] }), (path) =>
      faultsOfRun('promtool', ['check', 'rules', path]),
    );
  });
});
withProgram('check-jsonschema', 'the compose specification', () =>
  check('compose fits the compose specification', () =>
    faultsOfRun('check-jsonschema', ['--builtin-schema', 'vendor.compose-spec', 'deploy/compose.yaml']),
  ),
);
withProgram('hadolint', 'hadolint', () =>
  check('hadolint', () => faultsOfRun('hadolint', ['deploy/images/Dockerfile'])),
);

// ── words ────────────────────────────────────────────────────────────────────────────────────────────
check('docs: codes, variables and files that are named exist', () =>
  ['docs/operations.md', 'docs/capacity.md'].flatMap((path) => {
    const page = text(path);
    const known = unique([
      ...variablesIn(program),
      ...all(text('tools/check-deploy.mjs'), /KARNAMA_DEPLOY_\w+/g),
    ]);
    const codes = all(page, /^\| `([a-z]+(?:-[a-z]+)+)`/gm);
    return [
      ...codes.filter((code) => !program.includes(`'${code}'`)).map((code) => `${path}: no code ${code}`),
      ...without(all(page, /\bKARNAMA_[A-Z_]+\b/g), known).map((name) => `${path}: no variable ${name}`),
      ...all(page, /`((?:deploy|docs|tools|libs|apps)\/[\w./-]+)`/g)
        .filter((file) => !existsSync(join(ROOT, file)))
        .map((file) => `${path}: no ${file}`),
      ...all(page, /\]\(#([\w-]+)\)/g)
        .filter((anchor) => path.includes('operations') && !anchors.includes(anchor))
        .map((anchor) => `${path}: no #${anchor}`),
    ];
  }),
);

say(
  '\nnot checked anywhere: that the images build and the stores of compose.yaml start (needs a container engine)',
);
say(`${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
