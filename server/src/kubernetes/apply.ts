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

/** A merge patch that is refused (409) once the object is another, or was written since it was seen. */
export function amendCall(
  key: ObjectKey,
  seen: { readonly uid: string; readonly resourceVersion: string },
  patch: Readonly<Record<string, unknown>>,
): Call {
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
