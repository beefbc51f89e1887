/** Events of the core group, as kube-apiserver 1.36 has and prints them. */
import { type KubeObject, numberAt, textAt } from '../json.js';
import { kindOf, nameColumn, sinceText, textColumn, wide } from './kind.js';
import { anything, atomicObject, integer, object, string } from './schema.js';

const FIELD_PATH =
  'If referring to a piece of an object instead of an entire object, this string should contain a valid JSON/Go field access statement, such as desiredState.manifest.containers[2]. For example, if the object reference is to a container within a pod, this would take on a value like: "spec.containers{name}" (where "name" refers to the name of the container that triggered the event) or if no container name is specified "spec.containers[2]" (container with index 2 in this pod). This syntax is chosen only to have some well-defined way of referencing a part of an object.';

const reference = atomicObject({
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
  uid: string,
  resourceVersion: string,
  fieldPath: string,
});

export const event = kindOf({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  namespaced: true,
  selectableFields: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  fields: {
    involvedObject: reference,
    reason: string,
    message: string,
    source: object({ component: string, host: string }),
    firstTimestamp: string,
    lastTimestamp: string,
    count: integer,
    type: string,
    eventTime: string,
    series: anything,
    action: string,
    related: reference,
    reportingComponent: string,
    reportingInstance: string,
  },
  zero: {
    involvedObject: {},
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  },
  validate: (next) =>
    (textAt(next, 'involvedObject', 'namespace') ?? '') === next.metadata.namespace ||
    (textAt(next, 'involvedObject', 'namespace') === undefined && next.metadata.namespace === 'default')
      ? []
      : [
          {
            reason: 'FieldValueInvalid',
            field: 'involvedObject.namespace',
            message: `Invalid value: "${textAt(next, 'involvedObject', 'namespace') ?? ''}": does not match event.namespace`,
          },
        ],
  columns: [
    textColumn('Last Seen', 'The time at which the most recent occurrence of this event was recorded.', lastSeen),
    textColumn('Type', 'Type of this event (Normal, Warning), new types could be added in the future', (o) =>
      textAt(o, 'type'),
    ),
    textColumn(
      'Reason',
      "This should be a short, machine understandable string that gives the reason for the transition into the object's current status.",
      (o) => textAt(o, 'reason'),
    ),
    textColumn('Object', 'The object that this event is about.', target),
    wide(textColumn('Subobject', FIELD_PATH, (o) => textAt(o, 'involvedObject', 'fieldPath'))),
    wide(
      textColumn(
        'Source',
        'The component reporting this event. Should be a short machine understandable string.',
        reporter,
      ),
    ),
    textColumn('Message', 'A human-readable description of the status of this operation.', (o) =>
      textAt(o, 'message')?.trim(),
    ),
    wide(
      textColumn(
        'First Seen',
        'The time at which the event was first recorded. (Time of server receipt is in TypeMeta.)',
        firstSeen,
      ),
    ),
    wide(textColumn('Count', 'The number of times this event has occurred.', times)),
    wide(nameColumn),
  ],
});

function firstSeen(o: KubeObject, now: number): string {
  return sinceText(textAt(o, 'firstTimestamp') ?? textAt(o, 'eventTime'), now);
}

function lastSeen(o: KubeObject, now: number): string {
  const again = textAt(o, 'series', 'lastObservedTime');
  if (again !== undefined) return sinceText(again, now);
  const last = textAt(o, 'lastTimestamp');
  return last === undefined ? firstSeen(o, now) : sinceText(last, now);
}

/** One that happened once need not say so. */
function times(o: KubeObject): number {
  return numberAt(o, 'series', 'count') ?? (numberAt(o, 'count') || 1);
}

function target(o: KubeObject): string {
  const kind = (textAt(o, 'involvedObject', 'kind') ?? '').toLowerCase();
  const name = textAt(o, 'involvedObject', 'name') ?? '';
  return name === '' ? kind : `${kind}/${name}`;
}

function reporter(o: KubeObject): string {
  const component = textAt(o, 'source', 'component') || textAt(o, 'reportingComponent') || '';
  const instance = textAt(o, 'source', 'host') || textAt(o, 'reportingInstance') || '';
  return instance === '' ? component : `${component}, ${instance}`;
}
