import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ClusterObject } from './cluster-object.js';
import { shownObject } from './shown-object.js';

const SECRET = 'Sup3r-geheim';
const machine = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: {
    name: 'web',
    namespace: 'dept-a',
    uid: 'u',
    annotations: {
      'jiyun.internal/code': 'VM-1',
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ userData: SECRET }),
      'kapp.k14s.io/original-applied-configuration': SECRET,
    },
    managedFields: [
      { manager: 'jiyun', operation: 'Apply', time: '2026-11-01T00:00:00Z', fieldsV1: { 'f:spec': {} } },
      { manager: 'kubectl-edit', operation: 'Update', time: '2026-11-02T00:00:00Z', fieldsV1: {} },
      { manager: 'jiyun', operation: 'Apply', time: '2026-10-01T00:00:00Z', fieldsV1: {} },
    ],
  },
  spec: {
    template: {
      spec: {
        volumes: [
          {
            name: 'a',
            cloudInitNoCloud: { userData: SECRET, networkData: SECRET, secretRef: { name: 'web-first-boot' } },
          },
          { name: 'b', cloudInitConfigDrive: { userDataBase64: SECRET, networkDataBase64: SECRET } },
        ],
      },
    },
  },
  status: { ready: true, rootPassword: SECRET },
} as unknown as ClusterObject;

describe('a live object as people are shown it', () => {
  it('says all of it but the machinery’s notes and secrets', () => {
    const { fields, managers } = shownObject(machine);
    expect(JSON.stringify(fields)).not.toContain(SECRET);
    expect(fields).toMatchObject({
      metadata: { name: 'web', uid: 'u', annotations: { 'jiyun.internal/code': 'VM-1' } },
      status: { ready: true },
    });
    expect(JSON.stringify(fields)).toContain('"secretRef":{"name":"web-first-boot"}');
    expect(JSON.stringify(fields)).not.toContain('managedFields');
    expect(managers).toEqual(['kubectl-edit', 'jiyun']);
  });

  it('never shows what stands in a field of a secret’s name, wherever that is', () => {
    const names = fc.constantFrom(
      'userData',
      'userDataBase64',
      'networkData',
      'password',
      'adminPassword',
      'token',
      'stringData',
    );
    const paths = fc.array(fc.constantFrom('spec', 'template', 'volumes', 'list'), { maxLength: 4 });
    fc.assert(
      fc.property(names, paths, fc.boolean(), (name, path, inList) => {
        const leaf: unknown = { [name]: SECRET };
        const spec = path.reduce<unknown>((inner, step) => ({ [step]: inList ? [inner] : inner }), leaf);
        expect(JSON.stringify(shownObject({ ...machine, spec }).fields)).not.toContain(SECRET);
      }),
    );
  });
});
