/**
 * The little that must be known of a type: enough to refuse an unknown field or a wrong type and to own and
 * merge fields as a real server does. A list without a list type is atomic, as in a real CRD.
 */
export type Schema = Scalar | ObjectSchema | MapSchema | ListSchema | Anything;

/** What a CRD asks of a value besides its type, and what stands where none is given. */
export interface Limits {
  readonly default?: string | number | boolean;
  readonly nullable?: boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface Limited {
  readonly limits?: Limits;
}

export interface Scalar extends Limited {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'quantity';
  readonly oneOf?: readonly (string | boolean)[];
}
export interface ObjectSchema extends Limited {
  readonly type: 'object';
  readonly fields: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  readonly atomic: boolean;
}
export interface MapSchema extends Limited {
  readonly type: 'map';
  readonly of: Schema;
  readonly atomic: boolean;
}
export interface ListSchema extends Limited {
  readonly type: 'list';
  readonly of: Schema;
  readonly merge: 'atomic' | 'set' | 'map';
  readonly keys: readonly string[];
}
/** x-kubernetes-preserve-unknown-fields: whatever is sent; owned by the shape that it has. */
export interface Anything extends Limited {
  readonly type: 'anything';
  /** How it is explained to people; nothing is checked by it. */
  readonly shape?: 'list' | 'texts';
}

export const string: Scalar = { type: 'string' };
export const integer: Scalar = { type: 'integer' };
export const number: Scalar = { type: 'number' };
export const boolean: Scalar = { type: 'boolean' };
/** int-or-string. */
export const quantity: Scalar = { type: 'quantity' };
export const anything: Anything = { type: 'anything' };
export const anyList: Anything = { type: 'anything', shape: 'list' };
/** A map of texts whose entries are nobody's business here. */
export const anyTexts: Anything = { type: 'anything', shape: 'texts' };
export const oneOf = (...values: string[]): Scalar => ({ type: 'string', oneOf: values });
/** Some CRDs say of a boolean that it is true or false. */
export const eitherOr: Scalar = { type: 'boolean', oneOf: [true, false] };
export const limited = <T extends Schema>(schema: T, limits: Limits): T => ({ ...schema, limits });
export const dateTime: Scalar = limited(string, { format: 'date-time' });
export const nullableTime: Scalar = limited(string, { format: 'date-time', nullable: true });

type Fields = Readonly<Record<string, Schema>>;

function fieldsOf(fields: Fields, atomic: boolean): ObjectSchema {
  const named = Object.entries(fields);
  return {
    type: 'object',
    fields: Object.fromEntries(named.map(([key, schema]) => [key.replace(/!$/, ''), schema])),
    required: named.filter(([key]) => key.endsWith('!')).map(([key]) => key.slice(0, -1)),
    atomic,
  };
}

/** A key that ends in "!" is required. */
export const object = (fields: Fields): ObjectSchema => fieldsOf(fields, false);
export const atomicObject = (fields: Fields): ObjectSchema => fieldsOf(fields, true);
/** Some real fields have no properties at all: `masquerade: {}`. */
export const empty = object({});
export const map = (of: Schema): MapSchema => ({ type: 'map', of, atomic: false });
export const atomicMap = (of: Schema): MapSchema => ({ type: 'map', of, atomic: true });
export const list = (of: Schema): ListSchema => ({ type: 'list', of, merge: 'atomic', keys: [] });
export const set = (of: Schema): ListSchema => ({ type: 'list', of, merge: 'set', keys: [] });
export const listByKey = (keys: readonly string[], of: Schema): ListSchema => ({
  type: 'list',
  of,
  merge: 'map',
  keys,
});

/** metav1.ObjectMeta, the same for every kind. */
export const objectMeta = object({
  name: string,
  generateName: string,
  namespace: string,
  selfLink: string,
  uid: string,
  resourceVersion: string,
  generation: integer,
  creationTimestamp: string,
  deletionTimestamp: string,
  deletionGracePeriodSeconds: integer,
  labels: map(string),
  annotations: map(string),
  ownerReferences: listByKey(
    ['uid'],
    atomicObject({
      'apiVersion!': string,
      'kind!': string,
      'name!': string,
      'uid!': string,
      controller: boolean,
      blockOwnerDeletion: boolean,
    }),
  ),
  finalizers: set(string),
  managedFields: list(anything),
});

const condition = object({
  'lastTransitionTime!': dateTime,
  'message!': limited(string, { maxLength: 32_768 }),
  observedGeneration: limited(integer, { minimum: 0 }),
  'reason!': limited(string, { minLength: 1, maxLength: 1_024, pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$' }),
  'status!': oneOf('True', 'False', 'Unknown'),
  'type!': limited(string, { maxLength: 316 }),
});
/** metav1.Condition, as CRDs write it: with and without a list type. */
export const conditions: ListSchema = list(condition);
export const conditionsByType: ListSchema = listByKey(['type'], condition);

/** corev1.SecretReference. */
export const secretReference: ObjectSchema = atomicObject({ name: string, namespace: string });
