/** Apache Kafka from Maven Central, kept outside the repository. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

export const VERSION = process.env.KARNAMA_KAFKA_VERSION ?? '4.1.1';

/** The broker, its command-line tools, and a logger for both: the artifacts bring none. */
const ARTIFACTS = [
  ['org.apache.kafka', 'kafka_2.13', VERSION],
  ['org.apache.kafka', 'kafka-tools', VERSION],
  ['org.slf4j', 'slf4j-simple', '1.7.36'],
];

const pom = () => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>karnama</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
${ARTIFACTS.map(([group, artifact, version]) => `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`).join('\n')}
  </dependencies>
</project>
`;

/** A reason why something cannot be done here, for the person who asked for it. */
export class Refused extends Error {}

export const java = () => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java');

/** Why no broker can run here; undefined when one can. */
export const whyNoJava = () => {
  const { error, stderr } = spawnSync(java(), ['-version'], { encoding: 'utf8' });
  if (error) return `there is no Java (${java()})`;
  const major = Number(/version "(\d+)/.exec(stderr)?.[1]);
  return major >= 17 ? undefined : `Java is ${major}, and Kafka ${VERSION} needs 17 or later`;
};

/** The class path of the broker; fetches it with Maven when it is not in the cache. */
export const classPath = (tell) => {
  const cache = process.env.KARNAMA_KAFKA_CACHE ?? join(homedir(), '.cache', 'karnama', `kafka-${VERSION}`);
  if (!existsSync(cache)) fetchInto(cache, tell);
  return join(cache, '*');
};

const fetchInto = (cache, tell) => {
  mkdirSync(dirname(cache), { recursive: true });
  const place = mkdtempSync(`${cache}.`);
  try {
    writeFileSync(join(place, 'pom.xml'), pom());
    tell(`fetching Apache Kafka ${VERSION} with Maven (about 55 MB, once)`);
    const { error, status, stdout } = spawnSync(
      'mvn',
      [
        '-q',
        '-B',
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${join(place, 'libs')}`,
      ],
      { cwd: place, encoding: 'utf8' },
    );
    if (error) throw new Refused(`Kafka is not in ${cache}, and there is no Maven to fetch it`);
    if (status !== 0)
      throw new Refused(`Maven could not fetch Kafka:\n${stdout.trim().split('\n').slice(0, 5).join('\n')}`);
    if (!existsSync(cache)) renameSync(join(place, 'libs'), cache); // another run may have been faster
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};
