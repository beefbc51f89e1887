import { keyOf, keyText, type Manifest, type ObjectKey } from '../provisioning/domain/cluster-object.js';
import { objectPath } from './kinds.js';
import type { Call } from './transport.js';

/** The console's one name among the owners of fields. Changing it would orphan every field it ever applied. */
const FIELD_MANAGER = 'jiyun';

/**
 * Server-side apply: the manifest is what the console wants, whole; fields it no longer names are given up, fields of
 * others that it does name are taken over. A JSON body is valid YAML, which the content type asks for.
 */
export function applyCall(manifest: Manifest): Call {
  const key = keyOf(manifest);
  return {
    method: 'PATCH',
    path: objectPath(key),
    query: { fieldManager: FIELD_MANAGER, force: 'true' },
    body: { contentType: 'application/apply-patch+yaml', json: manifest },
    what: `apply ${key.kind} ${keyText(key)}`,
  };
}

/** Another name than that of what is applied whole: under the same one an apply of one field would give up all others. */
const QUARANTINE_MANAGER = 'jiyun-quarantine';

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
      json: { metadata: { uid }, spec: { runStrategy: 'Halted', running: null } },
    },
    what: `halt ${key.kind} ${keyText(key)}`,
  };
}
