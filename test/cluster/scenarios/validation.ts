import type { JsonObject } from '../json.ts';
import type { Scenario } from '../scenario.ts';
import { instance, machine, quota, secret, volume } from './objects.ts';
import { create, get, instances, machines, merge, patch, put, quotas, secrets, volumes } from './requests.ts';

const ns = 'valid-<run>';
const strict = { fieldValidation: 'Strict' };
const warn = { fieldValidation: 'Warn' };
const ignore = { fieldValidation: 'Ignore' };
const unknown = (name: string) => machine(name, { spec: { noSuchField: 1, template: { ...templateWithUnknown() } } });
const unknownSecret = (name: string): JsonObject => ({ ...secret(name), noSuchField: 1 });

export const validation: readonly Scenario[] = [
  {
    name: 'unknown-fields',
    about: 'Fields the schema does not have: refused when Strict, told when Warn (the default), dropped.',
    namespaces: [ns],
    steps: [
      create(machines(ns), unknown('strict'), { query: strict }),
      create(machines(ns), unknown('warned'), { query: warn }),
      create(machines(ns), unknown('by-default')),
      create(machines(ns), unknown('ignored'), { query: ignore }),
      create(secrets(ns), unknownSecret('strict-secret'), { query: strict }),
      create(secrets(ns), unknownSecret('warned-secret'), { query: warn }),
      create(secrets(ns), unknownSecret('secret-by-default')),
      create(machines(ns), machine('by-rule'), { about: 'no such rule', query: { fieldValidation: 'Sometimes' } }),
      patch(merge, `${machines(ns)}/warned`, { spec: { noSuchField: 2 } }, { query: strict, anyMessage: true }),
      patch(merge, `${machines(ns)}/warned`, { spec: { noSuchField: 2 } }, { about: 'dropped: no change' }),
      patch(merge, `${secrets(ns)}/warned-secret`, { noSuchField: 2 }, { query: strict, anyMessage: true }),
      put(
        `${machines(ns)}/warned`,
        machine('warned', { metadata: { resourceVersion: '<rv:warned.1>' }, spec: { noSuchField: 3 } }),
        { query: strict },
      ),
    ],
  },
  {
    name: 'schema-violations',
    about: 'Wrong types, values and missing fields.',
    namespaces: ['schema-<run>'],
    steps: [
      create(machines('schema-<run>'), machine('web', { spec: { runStrategy: 5 } }), { about: 'a number for a text' }),
      create(
        machines('schema-<run>'),
        { ...machine('web'), spec: { runStrategy: 'Halted' } },
        { about: 'a required field is missing' },
      ),
      create(
        machines('schema-<run>'),
        { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'web' } },
        { about: 'no spec' },
      ),
      create(
        machines('schema-<run>'),
        machine('web', { spec: { template: { spec: { domain: { devices: { disks: [{ disk: {} }] } } } } } }),
        { about: 'a required field of a list element is missing' },
      ),
      create(machines('schema-<run>'), machine('web', { spec: { runStrategy: 5, template: { spec: {} } } }), {
        about: 'two faults at once, in any order',
        anyMessage: true,
      }),
      create(instances('schema-<run>'), instance('running', { spec: { terminationGracePeriodSeconds: 'long' } }), {
        about: 'a text for a number',
      }),
      create(volumes('schema-<run>'), { ...volume('root-disk'), spec: 'none' }, { about: 'a text for an object' }),
      create(secrets('schema-<run>'), secret('first-boot', {}, { userdata: 'not base64!' }), {
        about: 'no base64',
        anyMessage: true,
      }),
      create(secrets('schema-<run>'), secret('first-boot', {}, { 'bad key': 'eAo=' }), { about: 'an invalid key' }),
      create(quotas('schema-<run>'), quota('backstop', { 'requests.cpu': 'many' }), {
        about: 'no quantity',
        anyMessage: true,
      }),
      create(quotas('schema-<run>'), quota('backstop', { cores: '1' }), { about: 'no resource' }),
      create(machines('schema-<run>'), machine('web')),
      patch(
        merge,
        `${machines('schema-<run>')}/web`,
        { spec: { runStrategy: 5 } },
        { about: 'a patch to a wrong type' },
      ),
      patch(
        merge,
        `${machines('schema-<run>')}/web`,
        { spec: { template: null } },
        { about: 'a patch that removes a required field' },
      ),
      get(`${machines('schema-<run>')}/web`, { about: 'nothing of it was taken' }),
    ],
  },
];

function templateWithUnknown(): JsonObject {
  return { spec: { domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' }, speed: 'fast' }] } } } };
}
