import { keyOf, keyText, type Manifest, type ObjectKey } from '../provisioning/domain/cluster-object.js';
import type { SeenVersion } from '../provisioning/domain/ports.js';
import { objectPath } from './kinds.js';
import type { Call } from './transport.js';

/** The console's one name among the owners of fields. Changing it would orphan every field it ever applied. */
const FIELD_MANAGER = 'jiyun';

/**
 * The first revision is the store's own: no object can ever have it. Under server-side apply an object that is not there is
 * made all the same, and one that is there is refused (409): the only way to say "make it, or leave it alone". Recorded of a
 * real server: test/cluster/scenarios/apply.ts.
 */
const NO_VERSION = '1';

/**
 * Server-side apply: the manifest is what the console wants, whole; fields it no longer names are given up, fields of
 * others that it does name are taken over. A JSON body is valid YAML, which the content type asks for.
 */
export function applyCall(manifest: Manifest, only?: SeenVersion | null): Call {
  const key = keyOf(manifest);
  // A uid also refuses to make anew what has gone meanwhile.
  const version = only === null ? { resourceVersion: NO_VERSION } : only;
  return {
    method: 'PATCH',
    path: objectPath(key),
    query: { fieldManager: FIELD_MANAGER, force: 'true' },
    body: {
      contentType: 'application/apply-patch+yaml',
      json: { ...manifest, metadata: { ...manifest.metadata, ...version } },
    },
    what: `apply ${key.kind} ${keyText(key)}`,
  };
}

/**
 * The same, answered and not written. Without `force` others' fields that it would take over are told as conflicts; the
 * version it was read with makes the answer one about that object and no other.
 */
export function dryRunCall(manifest: Manifest, seen: SeenVersion, force: boolean): Call {
  const call = applyCall(manifest, seen);
  return {
    ...call,
    query: { fieldManager: FIELD_MANAGER, force: String(force), dryRun: 'All' },
    what: `dry run of ${call.what}`,
  };
}

/** A merge patch that is refused (409) once the object is another, or was written since it was seen. */
export function amendCall(key: ObjectKey, seen: SeenVersion, patch: Readonly<Record<string, unknown>>): Call {
  const { metadata = {}, ...rest } = patch as { metadata?: object };
  return {
    method: 'PATCH',
    path: objectPath(key),
    query: { fieldManager: FIELD_MANAGER },
    body: {
      contentType: 'application/merge-patch+json',
      json: { ...rest, metadata: { ...metadata, uid: seen.uid, resourceVersion: seen.resourceVersion } },
    },
    what: `amend ${key.kind} ${keyText(key)}`,
  };
}

/** A write of nothing, answered and not kept: it asks for the right to write alone, and its answer says which version stands there. */
export function standingCall(key: ObjectKey): Call {
  return {
    method: 'PATCH',
    path: objectPath(key),
    query: { fieldManager: FIELD_MANAGER, dryRun: 'All' },
    body: { contentType: 'application/merge-patch+json', json: {} },
    what: `look at ${key.kind} ${keyText(key)}`,
  };
}

/** Another name than that of what is applied whole: under the same one an apply of one field would give up all others. */
const QUARANTINE_MANAGER = 'jiyun-quarantine';

const HALTED = { runStrategy: 'Halted', running: null };
/** Its types and its selector stay: what it selects is shut off from there, as by the wall that stands around it anyway. */
const CLOSED = { ingress: null, egress: null };

/**
 * A merge patch, because it makes nothing where nothing is, and because it can take away `running`, the older word that
 * KubeVirt refuses beside runStrategy. The uid is checked by the server: no namesake is stopped.
 */
export function haltCall(key: ObjectKey, uid: string): Call {
  return {
    method: 'PATCH',
    path: objectPath(key),
    query: { fieldManager: QUARANTINE_MANAGER },
    body: {
      contentType: 'application/merge-patch+json',
      json: { metadata: { uid }, spec: key.kind === 'NetworkPolicy' ? CLOSED : HALTED },
    },
    what: `halt ${key.kind} ${keyText(key)}`,
  };
}
