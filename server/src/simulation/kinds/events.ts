/** events.k8s.io/v1: the events of the core group under their newer names. */
import { type Json, type KubeObject, objectAt } from '../json.js';
import { event } from './event.js';
import { kindOf } from './kind.js';
import { anything, atomicObject, integer, object, string } from './schema.js';

/** The newer name of each field that has another in the core group. */
const names: readonly (readonly [string, string])[] = [
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];
const toNew = new Map(names.map(([newer, older]) => [older, newer]));
const toOld = new Map(names);

function renamed(object: KubeObject, apiVersion: string, words: ReadonlyMap<string, string>): KubeObject {
  const entries = Object.entries(object).map(([key, value]): [string, Json] => [words.get(key) ?? key, value]);
  return { ...Object.fromEntries(entries), apiVersion, kind: 'Event', metadata: object.metadata };
}

const reference = atomicObject({
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
  uid: string,
  resourceVersion: string,
  fieldPath: string,
});

export const newerEvent = kindOf({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  namespaced: true,
  selectableFields: [
    'regarding.kind',
    'regarding.namespace',
    'regarding.name',
    'regarding.uid',
    'reason',
    'reportingController',
    'type',
  ],
  fields: {
    eventTime: string,
    series: object({ count: integer, lastObservedTime: string }),
    reportingController: string,
    reportingInstance: string,
    action: string,
    reason: string,
    regarding: reference,
    related: reference,
    note: string,
    type: string,
    deprecatedSource: anything,
    deprecatedFirstTimestamp: string,
    deprecatedLastTimestamp: string,
    deprecatedCount: integer,
  },
  columns: event.columns.map((column) => ({ ...column, cell: (shown, now) => column.cell(toCore(shown), now) })),
  view: {
    of: event,
    read: (stored) => {
      const { reportingComponent, reportingInstance, ...rest } = stored;
      const said = Object.fromEntries(
        Object.entries({ reportingComponent, reportingInstance }).filter(
          ([, each]) => each !== undefined && each !== '',
        ),
      );
      return renamed({ ...rest, ...said } as KubeObject, 'events.k8s.io/v1', toNew);
    },
    write: toCore,
  },
});

function toCore(shown: KubeObject): KubeObject {
  const stored = renamed(shown, 'v1', toOld);
  return { ...stored, involvedObject: objectAt(stored, 'involvedObject') ?? {} };
}
