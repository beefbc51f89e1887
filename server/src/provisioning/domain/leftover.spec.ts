import { describe, expect, it } from '@jest/globals';
import type { ClusterObject } from './cluster-object.js';
import { isLeftBehind, isLeftBehindSecret, isLeftover, isLeftoverSecret } from './leftover.js';
import { MANAGED_BY, MARK } from './marks.js';

const released = { resourceId: 'r-1', generation: 3, placementEpoch: 1 };
const own = { manager: 'jiyun', operation: 'Apply', fieldsV1: { 'f:metadata': {}, 'f:spec': {} } };
const controller = { manager: 'virt-controller', operation: 'Update', fieldsV1: { 'f:status': {} } };

interface Case {
  readonly owner?: string;
  readonly generation?: number;
  readonly placementEpoch?: number;
  readonly deletionTimestamp?: string;
  readonly managedFields?: readonly object[];
}

function object({ owner = 'r-1', generation = 1, placementEpoch = 1, ...metadata }: Case): ClusterObject {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name: 'budget-1',
      labels: { [MARK.managedBy]: MANAGED_BY, [MARK.resource]: owner },
      annotations: { [MARK.generation]: String(generation), [MARK.placementEpoch]: String(placementEpoch) },
      ...{ managedFields: [own, controller] },
      ...metadata,
    },
  };
}

describe('what a late write left of a released machine', () => {
  it.each<[string, Case, boolean]>([
    ['made by the console alone for an older wish', {}, true],
    ['made for the last wish before the release', { generation: 2 }, true],
    ['of the wish that released it', { generation: 3 }, false],
    ['of a newer wish: the database is an older one', { generation: 4 }, false],
    ['of a newer placement', { placementEpoch: 2 }, false],
    ['of another resource', { owner: 'r-2' }, false],
    ['on its way out already', { deletionTimestamp: '2026-11-29T08:00:00Z' }, false],
    ['put back by hand', { managedFields: [{ ...own, manager: 'velero', operation: 'Update' }] }, false],
    ['changed by another hand', { managedFields: [own, { ...own, manager: 'kubectl', operation: 'Update' }] }, false],
    ['posted in the console’s name', { managedFields: [{ ...own, operation: 'Update' }] }, false],
    ['of which nobody says who made it', { managedFields: [] }, false],
  ])('%s', (_, given, is) => {
    expect(isLeftover(object(given), released)).toBe(is);
  });
});

describe('a Secret that a late write left of a released machine', () => {
  const machine = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: 'budget-1', uid: 'u' };
  it.each<[string, Case & { ownerReferences?: readonly object[] }, boolean]>([
    ['made for an older wish, of no machine', {}, true],
    ['that goes with its machine', { ownerReferences: [machine] }, false],
    ['of a newer wish: the database is an older one', { generation: 4 }, false],
    ['of a newer placement', { placementEpoch: 2 }, false],
    ['of another resource', { owner: 'r-2' }, false],
    ['on its way out already', { deletionTimestamp: '2026-11-29T08:00:00Z' }, false],
  ])('%s', (_what, made, isLeft) => {
    expect(isLeftoverSecret(object(made), released)).toBe(isLeft);
  });
});

describe('what a late write left of a machine where it no longer is', () => {
  const moved = { resourceId: 'r-1', generation: 3, placementEpoch: 2 };

  it.each<[string, Case, boolean]>([
    ['made for its former placement', {}, true],
    ['of its newest placement: it belongs there', { placementEpoch: 2 }, false],
    ['of a newer one', { placementEpoch: 3 }, false],
    ['of the wish that moved it', { generation: 3 }, false],
    ['of another resource', { owner: 'r-2' }, false],
    ['changed by another hand', { managedFields: [own, { ...own, manager: 'kubectl', operation: 'Update' }] }, false],
  ])('%s', (_, given, is) => {
    expect(isLeftBehind(object(given), moved)).toBe(is);
  });

  it.each<[string, Case & { ownerReferences?: readonly object[] }, boolean]>([
    ['a Secret made for its former placement', {}, true],
    ['one of its newest placement, before its machine is there', { generation: 2, placementEpoch: 2 }, false],
    ['one that goes with its machine', { ownerReferences: [{ uid: 'u' }] }, false],
    ['one of another resource', { owner: 'r-2' }, false],
  ])('%s', (_, given, is) => {
    expect(isLeftBehindSecret(object(given), moved)).toBe(is);
  });
});
