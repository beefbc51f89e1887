/** What is known of a kind so that the same questions can be asked about it as about all others. */
import type { JsonObject } from '../../json.ts';

export interface Row {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly name: string;
  readonly rest: JsonObject;
  /** A change that another manager's apply disagrees with. */
  readonly change: JsonObject;
  readonly other: JsonObject;
  /** What a controller would write; none where a kind has no /status. */
  readonly status?: JsonObject;
  /** Merge patches that are refused. 'any': the message repeats the whole object, in the words of a library. */
  readonly refused?: readonly (readonly [about: string, body: JsonObject, message?: 'any'])[];
  /** Lists of this kind hold what the server made by itself as well. */
  readonly shared?: true;
}

export function collectionOf(row: Row, namespace: string): string {
  const root = row.apiVersion === 'v1' ? '/api/v1' : `/apis/${row.apiVersion}`;
  return `${root}${namespace === '' ? '' : `/namespaces/${namespace}`}/${row.plural}`;
}

export function bodyOf(row: Row, over: JsonObject = {}): JsonObject {
  const { apiVersion, kind, name, rest } = row;
  return { apiVersion, kind, metadata: { name }, ...rest, ...over };
}
