import { describe, expect, it } from '@jest/globals';
import { createMetrics } from './metrics.js';

const sampled = (text: string, name: string): readonly string[] =>
  text.split('\n').filter((line) => line.startsWith(name));

describe('the metrics of a process', () => {
  it('count, observe and look, each under the name of the app', async () => {
    const metrics = createMetrics('intake');
    const count = metrics.counter('karnama_a_total', 'a', ['topic']);
    count({ topic: 't' });
    count({ topic: 't' }, 4);
    metrics.histogram('karnama_b_seconds', 'b', [], [0.1, 1])({}, 0.5);
    metrics.look([{ name: 'karnama_c', help: 'c', labels: ['partition'] }], async () => ({
      karnama_c: [{ labels: { partition: 2 }, value: 7 }],
    }));
    const text = await metrics.text();
    expect(sampled(text, 'karnama_a_total')).toEqual(['karnama_a_total{topic="t",app="intake"} 5']);
    expect(sampled(text, 'karnama_b_seconds_bucket')).toEqual([
      'karnama_b_seconds_bucket{le="0.1",app="intake"} 0',
      'karnama_b_seconds_bucket{le="1",app="intake"} 1',
      'karnama_b_seconds_bucket{le="+Inf",app="intake"} 1',
    ]);
    expect(sampled(text, 'karnama_c')).toEqual(['karnama_c{partition="2",app="intake"} 7']);
    expect(sampled(text, 'process_resident_memory_bytes')).toHaveLength(1);
  });

  it('say nothing rather than something old when a look fails or hangs, and count that', async () => {
    const metrics = createMetrics('projector');
    metrics.look([{ name: 'karnama_failing', help: 'f', labels: [] }], () =>
      Promise.reject(new Error('away')),
    );
    metrics.look([{ name: 'karnama_hanging', help: 'h', labels: ['x'] }], () => new Promise(() => undefined));
    metrics.look([{ name: 'karnama_well', help: 'w', labels: ['x'] }], async () => ({
      karnama_well: [{ labels: { x: 1 }, value: 1 }],
    }));
    const text = await metrics.text();
    expect(sampled(text, 'karnama_failing')).toEqual([]);
    expect(sampled(text, 'karnama_hanging')).toEqual([]);
    expect(sampled(text, 'karnama_well')).toHaveLength(1);
    expect(sampled(text, 'karnama_metrics_look_failures_total')).toEqual([
      'karnama_metrics_look_failures_total{app="projector"} 2',
    ]);
  });

  it('share one look among those who ask at the same time', async () => {
    const metrics = createMetrics('api');
    let looks = 0;
    metrics.look([{ name: 'karnama_d', help: 'd', labels: [] }], async () => ({
      karnama_d: [{ labels: {}, value: ++looks }],
    }));
    await Promise.all([metrics.text(), metrics.text(), metrics.text()]);
    expect(looks).toBe(1);
  });
});
