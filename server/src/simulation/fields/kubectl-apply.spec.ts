import { describe, expect, it } from '@jest/globals';
import { type KubeObject, listAt, textAt } from '../json.js';
import { resourceQuota } from '../kinds/core.js';
import { applyAs } from './kubectl-apply.js';
import { ownUpdate } from './managed-fields.js';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const now = '2026-11-29T08:00:00Z';
const quota = (cpu: string, annotations?: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'q', namespace: 'ns', ...(annotations === undefined ? {} : { annotations }) },
  spec: { hard: { cpu } },
});
const said = (cpu: string) => `${JSON.stringify(quota(cpu))}\n`;
const empty: KubeObject = { ...quota('0'), spec: {} };
const by = (manager: string) => ({ manager, subresource: '', now });

/** As `kubectl apply` without --server-side writes it. */
const byClient = (live: KubeObject, cpu: string): KubeObject =>
  ownUpdate(resourceQuota, live, quota(cpu, { [LAST_APPLIED]: said(cpu) }), by('kubectl-client-side-apply'));

describe('kubectl apply --server-side, of what a client-side apply made', () => {
  it('changes what that one wrote without a conflict, and keeps its annotation true', () => {
    const applied = applyAs(resourceQuota, byClient(empty, '4'), quota('8'), by('kubectl'), false);
    expect(applied.spec).toEqual({ hard: { cpu: '8' } });
    expect(JSON.parse(textAt(applied, 'metadata', 'annotations', LAST_APPLIED) ?? '')).toEqual(quota('8'));
  });

  it('is in conflict where another has changed it since', () => {
    const theirs = ownUpdate(
      resourceQuota,
      byClient(empty, '4'),
      quota('6', { [LAST_APPLIED]: said('4') }),
      by('hand'),
    );
    expect(() => applyAs(resourceQuota, theirs, quota('8'), by('kubectl'), false)).toThrow(
      'Apply failed with 1 conflict: conflict with "hand" using v1: .spec.hard.cpu',
    );
  });

  it('is in conflict by any other name', () => {
    expect(() => applyAs(resourceQuota, byClient(empty, '4'), quota('8'), by('console'), false)).toThrow(
      'conflict with "kubectl-client-side-apply"',
    );
  });

  it('leaves alone what no client-side apply made', () => {
    const applied = applyAs(resourceQuota, empty, quota('8'), by('kubectl'), false);
    expect(applied.metadata.annotations).toBeUndefined();
  });
});

describe('who has updated an object', () => {
  const managers = (object: KubeObject) =>
    listAt(object, 'metadata', 'managedFields').map((each) => textAt(each, 'manager'));
  const labelled = (count: number) => {
    let object = empty;
    for (let each = 10; each < 10 + count; each += 1) {
      const labels = { ...(object.metadata.labels as object), [`by-${each}`]: 'x' };
      const next = { ...object, metadata: { ...object.metadata, labels } };
      object = ownUpdate(resourceQuota, object, next, { ...by(`hand-${each}`), now: `2026-11-29T08:00:${each}Z` });
    }
    return object;
  };

  it('is kept of ten, and of those before as one', () => {
    expect(managers(labelled(10))).toHaveLength(10);
    const twelve = labelled(12);
    expect(managers(twelve)).toEqual([
      'ancient-changes',
      ...[13, 14, 15, 16, 17, 18, 19, 20, 21].map((n) => `hand-${n}`),
    ]);
    expect(JSON.stringify(listAt(twelve, 'metadata', 'managedFields')[0])).toContain('"f:by-12":{}');
  });

  it('is written by a client that says so, and forgotten by one that empties it', () => {
    const [first] = listAt(labelled(2), 'metadata', 'managedFields');
    const live = labelled(2);
    const asked = (managedFields: unknown[]) =>
      ({ ...live, metadata: { ...live.metadata, managedFields } }) as KubeObject;
    expect(managers(ownUpdate(resourceQuota, live, asked([first]), by('hand')))).toEqual(['hand-10']);
    expect(managers(ownUpdate(resourceQuota, live, asked([{}]), by('hand')))).toEqual([]);
    const through = { ...by('hand'), subresource: 'status' };
    expect(managers(ownUpdate(resourceQuota, live, asked([]), through))).toEqual(['hand-10', 'hand-11']);
  });
});
