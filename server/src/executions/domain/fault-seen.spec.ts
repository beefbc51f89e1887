import { describe, expect, it } from '@jest/globals';
import { faultSince, type SeenSignal } from './fault-seen.js';

const NOW = new Date('2026-11-30T08:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);
const signal = (name: SeenSignal['name'], subjectId: string, seconds: number): SeenSignal => ({
  subjectKind: subjectId.length === 1 ? 'CENTER' : 'TIER',
  ...{ subjectId, name, level: 'CRITICAL', levelSince: ago(seconds) },
});

describe('the moment at which a fault was seen', () => {
  it('is since when what serves is silent, not since when anything has been weak', () => {
    const old = [signal('CERTIFICATE_DAYS', 'A', 900_000), signal('REPLICATION_LAG', 'tier', 800_000)];
    const elsewhere = signal('CLUSTER_SILENCE', 'R', 700_000);
    expect(faultSince([...old, elsewhere], new Set(['A']))).toBeNull();
    const silent = [...old, elsewhere, signal('CLUSTER_SILENCE', 'A', 120), signal('WRITER_COUNT', 'tier', 60)];
    expect(faultSince(silent, new Set(['A']))).toEqual(ago(120));
  });
});
