import { describe, expect, it } from '@jest/globals';
import { type ClusterVitals, isStale, type MeasuredCenter, metricsText, VITALS_STALE_MS } from './cluster-vitals.js';

const NOW = new Date('2026-11-29T08:00:00.000Z');
const vitals: ClusterVitals = {
  ...{ holder: 'host/1', epoch: 7, version: 'v1.34.1', latencyMs: 12, breakerOpen: false, tokens: -3 },
  watches: [
    { kind: 'VirtualMachine', complete: true, objects: 40, heardAt: '2026-11-29T07:59:30.000Z' },
    { kind: 'Node', complete: false, objects: 0, heardAt: null },
  ],
  queue: { waiting: 2, delayed: 1, active: 3, failing: 1, oldestMs: 1_500 },
  reconciles: { count: 4, sumMs: 500, atMost: [1, 2, 3, 4, 4, 4, 4] },
  failures: { CONFLICT: 2 },
};
const center: MeasuredCenter = {
  ...{ center: 'a', reachable: true, reportedAt: NOW, vitals, driftsOpen: 5, unrecorded: 6, quarantineNew: 1 },
};
const samples = (...centers: MeasuredCenter[]) =>
  metricsText(centers, NOW)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describe('what a Prometheus is told', () => {
  it('is each family once, with its help and type, and each sample as the text format has it', () => {
    const text = metricsText([center, { ...center, center: 'b' }], NOW);
    const heads = text.split('\n').filter((line) => line.startsWith('# TYPE'));
    expect(new Set(heads).size).toBe(heads.length);
    for (const line of samples(center))
      expect(line).toMatch(/^jiyun_[a-z_]+\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\} -?\d+(\.\d+)?$/);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('says depth and age of the queue, failures, staleness, drift and quarantine of each center', () => {
    expect(samples(center)).toEqual(
      expect.arrayContaining([
        'jiyun_queue_depth{center="a",of="machines",state="waiting"} 2',
        'jiyun_queue_oldest_age_seconds{center="a",of="machines"} 1.5',
        'jiyun_reconcile_failures_total{center="a",of="machines",class="CONFLICT"} 2',
        'jiyun_watch_age_seconds{center="a",kind="VirtualMachine"} 30',
        'jiyun_cluster_tokens{center="a"} -3',
        'jiyun_drift_open{center="a"} 5',
        'jiyun_quarantine_open{center="a"} 1',
        'jiyun_reconcile_duration_seconds_bucket{center="a",of="machines",le="0.1"} 3',
        'jiyun_reconcile_duration_seconds_bucket{center="a",of="machines",le="+Inf"} 4',
        'jiyun_reconcile_duration_seconds_sum{center="a",of="machines"} 0.5',
      ]),
    );
  });

  it('says the same of servers, beside machines, where the worker drives any', () => {
    const none = { queue: { ...vitals.queue, waiting: 0, oldestMs: null }, reconciles: vitals.reconciles };
    const servers = { ...none, failures: { UNREACHABLE: 9 } };
    const both = samples({ ...center, vitals: { ...vitals, servers } });
    expect(both).toEqual(
      expect.arrayContaining([
        'jiyun_queue_depth{center="a",of="machines",state="waiting"} 2',
        'jiyun_queue_depth{center="a",of="servers",state="waiting"} 0',
        'jiyun_queue_oldest_age_seconds{center="a",of="servers"} 0',
        'jiyun_reconcile_failures_total{center="a",of="servers",class="UNREACHABLE"} 9',
        'jiyun_reconcile_duration_seconds_count{center="a",of="servers"} 4',
      ]),
    );
    expect(samples(center).some((line) => line.includes('servers'))).toBe(false);
  });

  it('leaves out what is stale, rather than say it as if it were so', () => {
    const reportedAt = new Date(NOW.getTime() - VITALS_STALE_MS - 1);
    expect(isStale(reportedAt, NOW)).toBe(true);
    expect(samples({ ...center, reportedAt })).toEqual([
      'jiyun_cluster_reachable{center="a"} 1',
      'jiyun_cluster_driven{center="a"} 0',
      'jiyun_drift_open{center="a"} 5',
      'jiyun_quarantine_open{center="a"} 1',
      'jiyun_unrecorded_machines{center="a"} 6',
    ]);
  });

  it('says of a kind that was never heard no age at all', () => {
    expect(samples(center).some((line) => line.includes('kind="Node"') && line.includes('age'))).toBe(false);
  });

  it('lets no name break out of its quotes', () => {
    const [first] = samples({ ...center, center: 'a"\n\\' });
    expect(first).toBe('jiyun_cluster_reachable{center="a\\"\\n\\\\"} 1');
  });
});
