import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { desiredMachine } from '../../../../test/support/machines.ts';
import type { ClusterObject, Manifest } from './cluster-object.js';
import { diskManifest, machineManifest, namespaceManifest, quotaManifest } from './desired-manifests.js';
import { policyManifest } from './desired-policy.js';
import { differences, foreignEdits, leaving, redacted, saidOf, wantsStill } from './drift.js';
import { pathText, stepsOf } from './field-path.js';

type Json = Record<string, unknown>;

const manifests: readonly Manifest[] = [
  machineManifest(desiredMachine({ accelerators: { 'ASCEND-910B': 2 }, claimedAddresses: ['10.1.2.3'] })),
  machineManifest(desiredMachine({ architecture: 'ARM64' }), {
    username: 'u',
    passwordHash: 'h',
    access: { password: null },
  }),
  diskManifest(desiredMachine()),
  namespaceManifest('js-finance'),
  quotaManifest({
    ...{ departmentCode: 'js-finance', machines: 2, vcpu: 8, memoryMib: 16_384, storageGib: 200 },
    storageGibByClass: { ssd: 200, hdd: 0 },
    ...{ largestVcpu: 4, largestMemoryMib: 8_192 },
  }),
  policyManifest({
    ...{ policyId: 'p-1', code: 'CL-1', departmentCode: 'js-finance', systemCode: 'SYS-1', direction: 'INGRESS' },
    ...{ protocol: 'TCP', peerCidr: '10.8.0.0/16', peerSystemCode: null, ports: [{ from: 443, to: 443 }] },
  }),
];
const anyManifest = fc.constantFrom(...manifests);

/** The leaves over which the comparison goes: a list is one. */
function leavesOf(value: unknown, steps: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [steps];
  const entries = Object.entries(value);
  return entries.length === 0 ? [steps] : entries.flatMap(([key, inner]) => leavesOf(inner, [...steps, key]));
}
function comparedLeaves({ metadata: { annotations, labels }, spec }: Manifest): string[][] {
  return leavesOf({
    metadata: { ...(labels && { labels }), ...(annotations && { annotations }) },
    ...(spec ? { spec } : {}),
  });
}
const copy = (manifest: Manifest): Json => structuredClone(manifest) as unknown as Json;
function planted(live: Json, steps: readonly string[], change: (holder: Json, key: string) => void): Json {
  let holder = live;
  for (const step of steps.slice(0, -1)) holder = holder[step] as Json;
  change(holder, steps.at(-1) as string);
  return live;
}
const said = (live: Json) => saidOf(live as unknown as ClusterObject);
const pathsOf = (manifest: Manifest, live: Json) => differences(manifest, said(live)).map(({ path }) => path);

describe('what somebody else changed in an object', () => {
  it('is nothing right after it was applied', () => {
    fc.assert(fc.property(anyManifest, (manifest) => expect(pathsOf(manifest, copy(manifest))).toEqual([])));
  });

  it('is exactly the field that was edited, or taken away', () => {
    fc.assert(
      fc.property(anyManifest, fc.nat(), fc.boolean(), (manifest, at, taken) => {
        const leaves = comparedLeaves(manifest);
        const steps = leaves[at % leaves.length] as string[];
        const live = planted(copy(manifest), steps, (holder, key) => {
          if (taken) delete holder[key];
          else
            holder[key] = Array.isArray(holder[key]) ? [...(holder[key] as unknown[]), { name: 'foreign' }] : 'foreign';
        });
        expect(pathsOf(manifest, live)).toEqual([pathText(steps)]);
        expect(pathsOf(leaving(manifest, [pathText(steps)]), live)).toEqual([]);
      }),
    );
  });

  it('leaves no empty map behind where the last of it is left: it would be the console’s, with what others write below', () => {
    const { spec } = leaving(machineManifest(desiredMachine()), ['spec.template.spec.domain.memory.guest']);
    expect(spec).toHaveProperty('template.spec.domain.cpu');
    expect(spec).not.toHaveProperty('template.spec.domain.memory');
  });

  it('is nothing that others and webhooks add beside the fields of the console', () => {
    const foreignName = fc.string({ minLength: 1, maxLength: 8 }).map((name) => `x-${name}`);
    fc.assert(
      fc.property(anyManifest, fc.nat(), foreignName, fc.jsonValue(), (manifest, at, name, value) => {
        const leaves = comparedLeaves(manifest);
        const steps = leaves[at % leaves.length] as string[];
        const live = planted(copy(manifest), steps, (holder) => {
          holder[name] = value;
        });
        live.status = { phase: 'Any' };
        expect(pathsOf(manifest, live)).toEqual([]);
      }),
    );
  });

  it.each([
    ['spec.template.spec.domain.memory.guest', '8Gi', true],
    ['spec.template.spec.domain.memory.guest', '8192.0Mi', true],
    ['spec.template.spec.domain.memory.guest', '8589934592', true],
    ['spec.template.spec.domain.memory.guest', '8G', false],
    ['spec.template.spec.domain.firmware.serial', '0', false],
  ])('reads %s = %s as an amount where amounts stand', (path, value, same) => {
    const manifest = machineManifest(desiredMachine({ memoryMib: 8_192 }));
    const live = planted(copy(manifest), stepsOf(path), (holder, key) => {
      holder[key] = value;
    });
    expect(pathsOf(manifest, live)).toEqual(same ? [] : [path]);
  });

  it('reads 4 and 4000m of a quota as one', () => {
    const quota = manifests[4] as Manifest;
    const live = planted(copy(quota), ['spec', 'hard', 'requests.cpu'], (holder, key) => {
      holder[key] = `${Number(holder[key]) * 1_000}m`;
    });
    expect(pathsOf(quota, live)).toEqual([]);
  });

  it('takes the order and the length of a list for what it says', () => {
    const machine = manifests[1] as Manifest;
    const live = planted(copy(machine), ['spec', 'template', 'spec', 'volumes'], (holder, key) => {
      holder[key] = (holder[key] as unknown[]).toReversed();
    });
    expect(pathsOf(machine, live)).toEqual(['spec.template.spec.volumes']);
  });
});

describe('who changed it', () => {
  const manifest = machineManifest(desiredMachine());
  const owned = (manager: string, time: string, fields: object) => ({
    ...{ manager, operation: 'Update', apiVersion: 'kubevirt.io/v1', time, fieldsType: 'FieldsV1', fieldsV1: fields },
  });
  const liveWith = (runStrategy: string | undefined, managedFields: object[]): ClusterObject => {
    const live = copy(manifest) as { spec: Json; metadata: Json };
    if (runStrategy === undefined) delete live.spec.runStrategy;
    else live.spec.runStrategy = runStrategy;
    live.metadata.managedFields = managedFields;
    return live as unknown as ClusterObject;
  };
  const strategy = { 'f:spec': { 'f:runStrategy': {} } };

  it('is the last who wrote the field', () => {
    const live = liveWith('Halted', [
      owned('old-tool', '2026-11-29T01:00:00Z', strategy),
      owned('kubectl-edit', '2026-11-29T02:00:00Z', strategy),
      owned('later-elsewhere', '2026-11-29T03:00:00Z', { 'f:spec': { 'f:template': {} } }),
    ]);
    expect(foreignEdits(manifest, live)).toEqual([
      { path: 'spec.runStrategy', wanted: 'Always', found: 'Halted', manager: 'kubectl-edit' },
    ]);
  });

  it('is nobody foreign while the console owns the field: a webhook wrote it on its own apply', () => {
    expect(foreignEdits(manifest, liveWith('Manual', [owned('jiyun', '2026-11-29T01:00:00Z', strategy)]))).toEqual([]);
  });

  it('is the last foreign writer, where a field was taken away', () => {
    const live = liveWith(undefined, [
      owned('jiyun', '2026-11-29T05:00:00Z', { 'f:spec': { 'f:template': {} } }),
      owned('kubectl-patch', '2026-11-29T02:00:00Z', { 'f:metadata': {} }),
    ]);
    expect(foreignEdits(manifest, live)).toMatchObject([{ found: null, manager: 'kubectl-patch' }]);
  });

  it('is not said where the cluster keeps no owners', () => {
    expect(foreignEdits(manifest, liveWith('Halted', []))).toMatchObject([{ manager: null }]);
  });
});

describe('what is shown of a value', () => {
  it('never has a password or a user’s cloud-init in it', () => {
    const volumes = [
      { name: 'x', cloudInitNoCloud: { userData: '#cloud-config\npassword: 1', secretRef: { name: 's' } } },
    ];
    expect(redacted(volumes)).toEqual([{ name: 'x', cloudInitNoCloud: { userData: '***', secretRef: { name: 's' } } }]);
  });
});

describe('the text of a field', () => {
  it('is read back as the field, whatever its steps are called', () => {
    const steps = fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(steps, (each) => expect(stepsOf(pathText(each))).toEqual(each)));
  });

  it.each([[''], ['spec..x'], ['spec[0]']])('refuses "%s"', (text) => {
    expect(() => stepsOf(text)).toThrow(RangeError);
  });
});

describe('who wrote it', () => {
  const policy = manifests.at(-1) as Manifest;
  const selecting = (manager: string): ClusterObject =>
    ({
      ...policy,
      metadata: {
        ...policy.metadata,
        managedFields: [
          { manager: 'jiyun', fieldsV1: { 'f:spec': { 'f:policyTypes': {} } } },
          { manager, fieldsV1: { 'f:spec': { 'f:podSelector': {} } } },
        ],
      },
      spec: { ...(policy.spec as Json), podSelector: { matchLabels: { app: 'x' } } },
    }) as unknown as ClusterObject;

  it('is known of a part of what is one thing to the API server', () => {
    expect(foreignEdits(policy, selecting('kubectl-edit')).map(({ manager }) => manager)).toEqual(['kubectl-edit']);
    expect(foreignEdits(policy, selecting('jiyun'))).toEqual([]);
  });
});

describe('a field that a person lets be', () => {
  const quota = (cpu: string): Manifest => ({
    ...{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'n' } },
    spec: { hard: { 'requests.cpu': cpu } },
  });
  const path = 'spec.hard["requests.cpu"]';

  it('is wanted as it was only while the record wants the same', () => {
    expect(wantsStill(quota('4'), { path, wanted: '4' })).toBe(true);
    expect(wantsStill(quota('8'), { path, wanted: '4' })).toBe(false);
  });
});
