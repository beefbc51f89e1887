import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { machineManifest } from '../../server/src/provisioning/domain/desired-manifests.js';
import { DEVICE_DEFAULTS } from '../support/device-defaults.ts';
import { desiredMachine } from '../support/machines.ts';
import { at, type Json, type JsonObject } from './json.ts';
import { defaultCrdDirectory } from './judge.ts';

const DEFINITION = 'instancetype.kubevirt.io_virtualmachineclusterpreferences.yaml';

/** Sizes, cards and how it ends are the console's whatever a preference says. */
const ALWAYS_SAID = [
  'cpu.preferredCPUTopology',
  'devices.preferredAutoattachPodInterface',
  'devices.preferredInterfaceMasquerade',
  'preferredArchitecture',
  'preferredTerminationGracePeriodSeconds',
];

/** Dotted names of what the kind's spec can say, two levels deep. */
function sayable(): string[] {
  const definition = parse(readFileSync(path.join(defaultCrdDirectory(), DEFINITION), 'utf8')) as Json;
  const versions = at(definition, 'spec', 'versions') as readonly Json[];
  const stored = versions.find((version) => at(version, 'storage') === true);
  const spec = at(stored, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties') as JsonObject;
  return Object.entries(spec).flatMap(([name, schema]) => {
    const within = Object.keys((at(schema, 'properties') ?? {}) as JsonObject);
    return within.length === 0 ? [name] : within.map((each) => `${name}.${each}`);
  });
}

describe('what a preference of KubeVirt could say of a machine', () => {
  it('is decided on, field by field', () => {
    expect(Object.keys(DEVICE_DEFAULTS).toSorted()).toEqual(sayable().toSorted());
  });

  it.each(['AMD64', 'ARM64'] as const)(
    'is written out on %s where it is not left to KubeVirt, and no preference is named of itself',
    (architecture) => {
      const { spec } = machineManifest(desiredMachine({ architecture }));
      const machine = spec as JsonObject;
      const template = at(machine, 'template', 'spec') as JsonObject;
      for (const [name, said] of Object.entries(DEVICE_DEFAULTS)) {
        if (typeof said === 'string' || (said.only ?? architecture) !== architecture) continue;
        const found = said.at.reduce<Json | undefined>(
          (here, key) => (here as { [key: string]: Json } | undefined)?.[key],
          template,
        );
        expect([name, found === undefined]).toEqual([name, false]);
      }
      expect(machine).not.toHaveProperty('preference');
      expect(machine).not.toHaveProperty('instancetype');
    },
  );

  it.each(['AMD64', 'ARM64'] as const)(
    'is left to it on %s where an image names one, who it is and how large never',
    (architecture) => {
      const { spec } = machineManifest(desiredMachine({ architecture, devicePreference: 'legacy' }));
      const machine = spec as JsonObject;
      expect(machine.preference).toEqual({ kind: 'VirtualMachineClusterPreference', name: 'legacy' });
      const template = at(machine, 'template', 'spec') as JsonObject;
      const isSaid = ({ at: path }: { readonly at: readonly (string | number)[] }) =>
        path.reduce<Json | undefined>((here, key) => (here as { [key: string]: Json } | undefined)?.[key], template) !==
        undefined;
      const said = Object.entries(DEVICE_DEFAULTS).flatMap(([name, from]) =>
        typeof from !== 'string' && isSaid(from) ? [name] : [],
      );
      expect(said.toSorted()).toEqual(ALWAYS_SAID.toSorted());
    },
  );
});
