/** One row per kind: all that the API part of the simulation knows of it. */
import type { ResourceName } from '../api/status.js';
import { type JsonObject, type KubeObject, textAt } from '../json.js';
import { objectMetaProse } from './metadata-prose.js';
import { type ObjectSchema, object, objectMeta, type Schema, string } from './schema.js';

export interface Column {
  readonly name: string;
  readonly type: 'string' | 'date' | 'integer' | 'number' | 'boolean';
  readonly format?: string;
  readonly description: string;
  readonly priority: number;
  /** What stands in the cell, at a moment in milliseconds since 1970: ages are printed by the server. */
  readonly cell: (object: KubeObject, now: number) => string | number | boolean | undefined;
}

export interface Kind extends ResourceName {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  /** "v1" or "kubevirt.io/v1". */
  readonly apiVersion: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** A custom resource, or one that the real server has in Go: their refusals are worded differently. */
  readonly custom: boolean;
  readonly verbs: readonly string[];
  readonly schema: ObjectSchema;
  readonly statusSubresource: boolean;
  /** Whether metadata.generation counts changes. */
  readonly generation: boolean;
  readonly nameRule: 'label' | 'subdomain' | 'path';
  /** A real server answers a finished DELETE with the object for some kinds, with a Status for most. */
  readonly answersDeleteWithObject: boolean;
  /** Whether its CRD has CEL rules: a schema error then says that they were not looked at. */
  readonly celRules: boolean;
  /** Those of its rules that the console can meet. */
  readonly rules: readonly CelRule[];
  /** Whether the CRD itself brings the columns; others are the operator's, and stand where it runs. */
  readonly columnsInCrd: boolean;
  /** The same objects as another kind's, in other words: what is stored is the other's. */
  readonly view?: View;
  /** Why the JSON of a core kind cannot be read, beyond what its types say. */
  readonly decodeProblem?: (object: KubeObject) => string | undefined;
  readonly columns: readonly Column[];
  /** Field selectors besides metadata.name and metadata.namespace. */
  readonly selectableFields: readonly string[];
  /** What the Go type writes even when nobody said it. */
  readonly zero?: JsonObject;
  /** What the Go type's defaulting fills in, whoever reads or writes. */
  readonly defaults?: (object: KubeObject) => KubeObject;
  /** What the server's own strategy does to a new object before it is stored. */
  readonly prepareCreate?: (object: KubeObject) => KubeObject;
  readonly prepareUpdate?: (next: KubeObject, live: KubeObject) => KubeObject;
  /** What a built-in admission adds to a new object: nobody owns it. */
  readonly admission?: (object: KubeObject) => KubeObject;
  /** Refusals beyond the schema; texts as the real server's. */
  readonly validate?: (next: KubeObject, live: KubeObject | undefined) => readonly FieldProblem[];
  /** Refusal of the operator's webhook, which only stands where its operator runs. */
  readonly webhook?: (next: KubeObject, live: KubeObject | undefined, find: Find) => string | undefined;
  /** What one object takes of a ResourceQuota, besides its count: resource name to thousandths. */
  readonly quotaUsage?: (object: KubeObject) => Readonly<Record<string, bigint>>;
  /** A count under its old name as well: "secrets" beside "count/secrets". */
  readonly quotaName?: string;
}

/** What else stands in the cluster. */
export type Find = (kind: Kind, namespace: string, name: string) => KubeObject | undefined;

export interface View {
  readonly of: Kind;
  readonly read: (stored: KubeObject) => KubeObject;
  readonly write: (shown: KubeObject) => KubeObject;
}

/** An x-kubernetes-validations entry. */
export interface CelRule {
  readonly field: string;
  readonly message: string;
  readonly holds: (next: KubeObject, live: KubeObject | undefined) => boolean;
}

export interface FieldProblem {
  readonly reason: string;
  readonly field: string;
  readonly message: string;
}

export const storedAs = (kind: Kind): Kind => kind.view?.of ?? kind;
export const toStored = (kind: Kind, shown: KubeObject): KubeObject => kind.view?.write(shown) ?? shown;
export const toShown = (kind: Kind, stored: KubeObject): KubeObject => kind.view?.read(stored) ?? stored;

type Row = Partial<Kind> &
  Pick<Kind, 'kind' | 'group' | 'version' | 'plural' | 'namespaced'> & {
    readonly fields: Readonly<Record<string, Schema>>;
  };

const everyVerb = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export function kindOf({ fields, ...row }: Row): Kind {
  return {
    apiVersion: row.group === '' ? row.version : `${row.group}/${row.version}`,
    singular: row.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    custom: false,
    verbs: everyVerb,
    statusSubresource: false,
    generation: false,
    nameRule: 'subdomain',
    answersDeleteWithObject: false,
    celRules: false,
    rules: [],
    columnsInCrd: false,
    columns: [nameColumn, ageColumn],
    selectableFields: [],
    ...row,
    schema: object({ apiVersion: string, kind: string, metadata: objectMeta, ...fields }),
  };
}

/** A custom resource: generation counts, and the columns are those of its CRD. */
export function customKind(row: Row): Kind {
  return kindOf({ custom: true, generation: true, columns: [nameColumn, customAgeColumn], ...row });
}

export const nameDescription = objectMetaProse.name;

export const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: nameDescription,
  priority: 0,
  cell: (object) => object.metadata.name,
};

export function textColumn(name: string, description: string, cell: Column['cell']): Column {
  return { name, type: 'string', description, priority: 0, cell };
}

/** Only shown by `-o wide`. */
export const wide = (column: Column): Column => ({ ...column, priority: 1 });

/** Built-in kinds say that an age is text; a CRD's default column says it is a date. Both print it as text. */
export const ageColumn: Column = {
  name: 'Age',
  type: 'string',
  format: '',
  description: objectMetaProse.creationTimestamp,
  priority: 0,
  cell: (object, now) => sinceText(textAt(object, 'metadata', 'creationTimestamp'), now),
};

export const customAgeColumn: Column = { ...ageColumn, type: 'date' };

/** What a CRD without columns of its own shows. */
export const defaultColumns: readonly Column[] = [nameColumn, customAgeColumn];

/** How long ago a time stamp is. */
export function sinceText(time: string | undefined, now: number): string {
  return time === undefined ? '<unknown>' : age(now - Date.parse(time));
}

/** As kubectl prints durations: the two biggest units while the bigger one is small. */
function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10 && seconds % 60 !== 0) return `${minutes}m${seconds % 60}s`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8 && minutes % 60 !== 0) return `${hours}h${minutes % 60}m`;
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  return days < 8 && hours % 24 !== 0 ? `${days}d${hours % 24}h` : `${days}d`;
}

export function dropKeys(object: JsonObject, ...keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
