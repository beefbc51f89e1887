import type { Json, JsonObject } from '../json.ts';
import type { CallRequest, Scenario } from '../scenario.ts';
import { machine, namespace, quota, secret, template, volume } from './objects.ts';
import {
  apply,
  create,
  get,
  machines,
  merge,
  namespaces,
  patch,
  put,
  quotas,
  runLabel,
  secrets,
  volumes,
} from './requests.ts';

const one = 'apply-<run>';
const owners = 'owners-<run>';
const wrong = 'wrong-<run>';

const web = `${machines(one)}/web`;
const intent = (over: JsonObject = {}, labels: JsonObject = { tier: 'web' }) =>
  machine('web', { metadata: { labels }, spec: over });

const shared = `${machines(owners)}/shared`;
const sharedIntent = (spec: JsonObject, metadata: JsonObject = {}) => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: 'shared', ...metadata },
  ...(Object.keys(spec).length === 0 ? {} : { spec }),
});
const asOther = (body: Json, force?: boolean): CallRequest =>
  apply(shared, body, { manager: 'operator', managedFields: true, ...(force === undefined ? {} : { force }) });

const bad = `${machines(wrong)}/web`;

export const applies: readonly Scenario[] = [
  {
    name: 'apply-life',
    about: 'Server-side apply by one manager: create, again, change, drop; resourceVersion and generation.',
    namespaces: [one],
    steps: [
      apply(web, intent(), { managedFields: true }),
      apply(web, intent(), { about: 'the same again changes nothing', managedFields: true }),
      apply(web, intent(), { about: 'forced, still the same', force: true, managedFields: true }),
      apply(web, intent({ runStrategy: 'Always' }), { about: 'spec changes: generation grows', managedFields: true }),
      apply(web, intent({ runStrategy: 'Always' }, { tier: 'db' }), { about: 'a label changes: generation stays' }),
      apply(web, intent({ runStrategy: 'Always', template: smaller() }), { about: 'atomic lists are replaced whole' }),
      apply(web, intent({ runStrategy: 'Always', template: smaller() }, {}), {
        about: 'a label dropped is removed',
        managedFields: true,
      }),
      apply(web, intent({ template: smaller() }, {}), { about: 'over the whole manifest, runStrategy as before' }),
      apply(web, withoutRunStrategy(), { about: 'a field dropped is removed', managedFields: true }),
      get(web, { managedFields: true }),
      apply(`${secrets(one)}/first-boot`, secret('first-boot', { labels: { tier: 'web' } }), { managedFields: true }),
      apply(`${secrets(one)}/first-boot`, secret('first-boot', { labels: { tier: 'web' } }), {
        about: 'the same again',
        managedFields: true,
      }),
      apply(`${secrets(one)}/first-boot`, secret('first-boot', {}, { networkdata: 'eAo=' }), {
        about: 'data is a map: a key dropped is removed',
        managedFields: true,
      }),
      apply(
        `${quotas(one)}/backstop`,
        quota('backstop', { 'requests.cpu': '10', 'count/virtualmachines.kubevirt.io': '5' }),
        { managedFields: true },
      ),
      apply(`${quotas(one)}/backstop`, quota('backstop', { 'requests.cpu': '12' }), { managedFields: true }),
      apply(`${volumes(one)}/root-disk`, volume('root-disk'), { managedFields: true }),
      apply(`${namespaces}/${one}`, namespace(one, { labels: { 'jiyun.test/department': 'finance' } }), {
        managedFields: true,
      }),
      apply(`${namespaces}/${one}`, namespace(one, { labels: { [runLabel]: '<run>' } }), {
        about: 'what another wrote with the same value is shared',
        managedFields: true,
      }),
    ],
  },
  {
    name: 'apply-owners',
    about: 'Server-side apply by two managers: conflict, force, sharing, and what a drop then removes.',
    namespaces: [owners],
    steps: [
      apply(shared, machine('shared', { metadata: { labels: { tier: 'web' } } }), { managedFields: true }),
      asOther(sharedIntent({ runStrategy: 'Always' })),
      {
        ...asOther(sharedIntent({ runStrategy: 'Always', template: smaller() }, { labels: { tier: 'db' } })),
        about: 'several conflicts at once',
      },
      { ...asOther(sharedIntent({ runStrategy: 'Halted' })), about: 'the same value is shared, no conflict' },
      { ...asOther(sharedIntent({ runStrategy: 'Always' })), about: 'shared by two: a conflict with the other' },
      { ...asOther(sharedIntent({ runStrategy: 'Always' }), true), about: 'force takes it' },
      apply(shared, machine('shared', { metadata: { labels: { tier: 'web' } } }), {
        about: 'now the first is in conflict',
        managedFields: true,
      }),
      apply(shared, withoutRunStrategy('shared', { tier: 'web' }), {
        about: "the first lets go: the field stays, it is the other's",
        managedFields: true,
      }),
      { ...asOther(sharedIntent({}, { annotations: { 'jiyun.test/epoch': '7' } })), about: 'the other drops it: gone' },
      patch(
        merge,
        shared,
        { spec: { runStrategy: 'Manual' } },
        {
          about: 'an update by a third',
          query: { fieldManager: 'hand' },
          managedFields: true,
        },
      ),
      apply(shared, machine('shared'), { about: 'in conflict with an update', managedFields: true }),
      apply(shared, machine('shared'), { about: 'forced', force: true, managedFields: true }),
      patch(
        merge,
        shared,
        { metadata: { labels: { tier: 'hand' } } },
        { about: 'an update of what nobody owns any more', query: { fieldManager: 'hand' }, managedFields: true },
      ),
      apply(shared, machine('shared', { metadata: { resourceVersion: '1' } }), {
        about: 'a stale resourceVersion in the intent',
      }),
      put(shared, machine('shared'), {
        about: 'an update without resourceVersion',
        query: { fieldManager: 'hand' },
      }),
    ],
  },
  {
    name: 'apply-refused',
    about: 'Applies that the server does not take. What the schema does not have is a 500.',
    namespaces: [wrong],
    steps: [
      apply(
        bad,
        { ...machine('web'), spec: { ...(machine('web').spec as JsonObject), noSuchField: 1 } },
        { about: 'an unknown field' },
      ),
      apply(bad, machine('web', { spec: { runStrategy: 5 } }), { about: 'a wrong type' }),
      apply(bad, { ...machine('web'), spec: { runStrategy: 'Halted' } }, { about: 'a required field is missing' }),
      apply(
        `${secrets(wrong)}/first-boot`,
        { ...secret('first-boot'), noSuchField: 1 },
        { about: 'an unknown field of a Secret' },
      ),
      apply(`${secrets(wrong)}/first-boot`, secret('first-boot', {}, { userdata: 'not base64!' }), {
        about: 'no base64',
      }),
      apply(bad, machine('web'), { about: 'no fieldManager', manager: null }),
      apply(bad, machine('other'), { about: 'another name in the body' }),
      apply(bad, { ...machine('web'), apiVersion: 'kubevirt.io/v2' }, { about: 'a version that is not served' }),
      apply(bad, { ...machine('web'), kind: 'DataVolume' }, { about: 'another kind in the body' }),
      apply(bad, { kind: 'VirtualMachine', metadata: { name: 'web' }, spec: {} }, { about: 'no apiVersion' }),
      apply(bad, machine('web', { metadata: { namespace: 'other' } }), { about: 'another namespace in the body' }),
      apply(bad, machine('web', { metadata: { managedFields: [] } }), { about: 'managedFields, even empty' }),
      apply(bad, machine('web', { metadata: { uid: '3f0c3c34-8b1c-4d1c-9a58-4a6bb4a6a6a6' } }), {
        about: 'another uid',
      }),
      apply(`${machines('nowhere-<run>')}/web`, machine('web'), { about: 'no such namespace' }),
      apply(`${machines(wrong)}/Web_1`, machine('Web_1'), { about: 'an invalid name' }),
      create(`${machines(wrong)}`, machine('stale')),
      apply(`${machines(wrong)}/gone`, machine('gone', { metadata: { resourceVersion: '<rv:stale.1>' } }), {
        about: 'a resourceVersion of what is not there',
      }),
    ],
  },
];

function smaller(): JsonObject {
  const whole = template('8Gi');
  const spec = whole.spec as JsonObject;
  return { ...whole, spec: { ...spec, volumes: [{ name: 'root', dataVolume: { name: 'other-disk' } }] } };
}

function withoutRunStrategy(name = 'web', labels: JsonObject = {}): JsonObject {
  const whole = machine(name, { metadata: { labels } });
  return { ...whole, spec: { template: name === 'web' ? smaller() : template('4Gi') } };
}
