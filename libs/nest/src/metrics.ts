import { Controller, Get, Header, Inject, Module, type DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

type Labels = Readonly<Record<string, string | number>>;

/** A value that only grows while the process lives. */
export type Count = (labels: Labels, by?: number) => void;
/** Takes one observation. */
export type Observe = (labels: Labels, value: number) => void;
export type GaugeSpec = { readonly name: string; readonly help: string; readonly labels: readonly string[] };
/** One reading of a gauge. */
export type GaugeReading = { readonly labels: Labels; readonly value: number };
/** Readings by the gauge's name. */
export type GaugeReadings = Readonly<Record<string, readonly GaugeReading[]>>;

/** The numbers of a process, in the text format of Prometheus. Names and labels are published: add, do not rename. */
export type Metrics = {
  counter(name: string, help: string, labels: readonly string[]): Count;
  histogram(name: string, help: string, labels: readonly string[], buckets: readonly number[]): Observe;
  /**
   * Gauges that one look at the stores fills, on every scrape but at most every two seconds. A look that
   * fails or takes longer than two seconds leaves its gauges out of the answer: no number is better than an old one.
   */
  look(gauges: readonly GaugeSpec[], work: () => Promise<GaugeReadings>): void;
  text(): Promise<string>;
};

const longestLookMs = 2_000;
const freshMs = 2_000;

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), longestLookMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Upper bounds in seconds for work that takes between a millisecond and half a minute. */
export const secondsBuckets = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
] as const;

/** Metrics of a process, with those of Node itself; `app` is a label of all. */
export const createMetrics = (app: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
  const failures = new Counter({
    name: 'karnama_metrics_look_failures_total',
    help: 'Looks at the stores that failed or took too long; their gauges were left out',
    registers: [registry],
  });
  const looks: (() => Promise<void>)[] = [];
  const registers = [registry];
  return {
    counter: (name, help, labelNames) => {
      const counter = new Counter({ name, help, labelNames: [...labelNames], registers });
      return (labels, by = 1) => counter.inc({ ...labels }, by);
    },
    histogram: (name, help, labelNames, buckets) => {
      const histogram = new Histogram({
        name,
        help,
        labelNames: [...labelNames],
        buckets: [...buckets],
        registers,
      });
      return (labels, value) => histogram.observe({ ...labels }, value);
    },
    look: (specs, work) => {
      const gauges = specs.map(({ name, help, labels }) => ({
        name,
        gauge: new Gauge({ name, help, labelNames: [...labels], registers }),
      }));
      looks.push(
        fresh(async () => {
          for (const { gauge } of gauges) empty(gauge);
          try {
            const found = await inTime(work());
            for (const { name, gauge } of gauges)
              for (const { labels, value } of found[name] ?? []) gauge.set({ ...labels }, value);
          } catch {
            failures.inc();
          }
        }),
      );
    },
    text: async () => {
      await Promise.all(looks.map((look) => look()));
      return registry.metrics();
    },
  };
};

/** A gauge without labels is reset to a 0 that nobody has read: it is taken out as well. */
const empty = (gauge: Gauge): void => {
  gauge.reset();
  gauge.remove({});
};

/** The work, shared by those who ask within a short time. */
const fresh = (work: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  let at = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (done === undefined || now - at > freshMs) {
      at = now;
      done = work();
    }
    return done;
  };
};

const METRICS = Symbol('metrics');

/** `/metrics`, for Prometheus. */
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS) private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  text(): Promise<string> {
    return this.metrics.text();
  }
}

/** The metrics address of an app. */
@Module({})
export class MetricsModule {
  static of(metrics: Metrics): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [{ provide: METRICS, useValue: metrics }],
    };
  }
}
