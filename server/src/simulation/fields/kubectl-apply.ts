/**
 * What a real server does for `kubectl apply --server-side` alone, of objects that a client-side apply made
 * (apimachinery's lastappliedmanager.go and lastappliedupdater.go): what that one had written is no conflict, and its
 * annotation is kept true, so that the next client-side apply compares with what is there.
 */
import { isObject, type Json, type JsonObject, type KubeObject, objectAt, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { FieldSet } from './field-set.js';
import { applyIntent, bare, OwnersConflict, type Writer } from './managed-fields.js';
import { compare, fieldsOf } from './typed.js';

const KUBECTL = 'kubectl';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with `intent` applied, whoever applies it. Throws an OwnersConflict unless forced. */
export function applyAs(kind: Kind, live: KubeObject, intent: KubeObject, writer: Writer, force: boolean): KubeObject {
  if (writer.manager !== KUBECTL) return applyIntent(kind, live, intent, writer, force);
  return keptTrue(upgraded(kind, live, intent, writer, force), intent);
}

function upgraded(kind: Kind, live: KubeObject, intent: KubeObject, writer: Writer, force: boolean): KubeObject {
  try {
    return applyIntent(kind, live, intent, writer, force);
  } catch (error) {
    if (!(error instanceof OwnersConflict)) throw error;
    const allowed = lastWritten(kind, live);
    const left = error.conflicts.filter(([, path]) => !allowed.has(path));
    if (left.length > 0) throw new OwnersConflict(left);
    return applyIntent(kind, live, intent, writer, true);
  }
}

/** What the last client-side apply wrote and nobody has changed since. */
function lastWritten(kind: Kind, live: KubeObject): FieldSet {
  const last = parsed(textAt(live, 'metadata', 'annotations', LAST_APPLIED) ?? '');
  if (!isObject(last) || last.apiVersion !== kind.apiVersion) return new FieldSet();
  const { added, modified, removed } = compare(kind.schema, last, bare(live));
  return fieldsOf(kind.schema, last).difference(modified).difference(added).difference(removed);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Somebody wrote something else there: then nothing is known of what was applied.
    return undefined;
  }
}

function keptTrue(applied: KubeObject, intent: KubeObject): KubeObject {
  const annotations = objectAt(applied, 'metadata', 'annotations') ?? {};
  if ((annotations[LAST_APPLIED] ?? '') === '') return applied;
  const { [LAST_APPLIED]: _, ...own } = objectAt(intent, 'metadata', 'annotations') ?? {};
  const { annotations: __, ...metadata } = intent.metadata;
  const said = { ...intent, metadata: { ...metadata, ...(Object.keys(own).length === 0 ? {} : { annotations: own }) } };
  return {
    ...applied,
    metadata: { ...applied.metadata, annotations: { ...annotations, [LAST_APPLIED]: `${goText(said)}\n` } },
  };
}

/** As Go writes JSON: keys in order, and what could end a script escaped. */
function goText(value: JsonObject): string {
  return JSON.stringify(inOrder(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inOrder(value[key] ?? null)]),
  );
}
