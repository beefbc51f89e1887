/** Content negotiation: JSON is all that is spoken, as objects, tables or metadata alone. */
import type { JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { ApiError, unsupportedMediaType } from './status.js';

export type AnswerForm = 'object' | 'table' | 'metadata';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const spoken = ['application/json', 'application/yaml', PROTOBUF];
export const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export function answerForm(accept: string): AnswerForm {
  if (accept.trim() === '') return 'object';
  for (const clause of accept.split(',')) {
    const [type = '', ...parameters] = clause.split(';').map((part) => part.trim());
    if (!['application/json', 'application/*', '*/*'].includes(type)) continue;
    const as = parameters.find((each) => each.startsWith('as='))?.slice(3);
    if (as === undefined || as.startsWith('API')) return 'object';
    if (as === 'Table') return 'table';
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'metadata';
  }
  throw new ApiError(406, 'NotAcceptable', `only the following media types are accepted: ${spoken.join(', ')}`);
}

export function bareType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** "" is taken for JSON, as a real server does; protobuf is of the built-in kinds. */
export function requireReadable(kind: Kind, contentType: string): void {
  const type = bareType(contentType);
  if (type === PROTOBUF && !kind.custom) return;
  if (type !== '' && type !== 'application/json') throw unsupportedMediaType(spoken);
}

export function requirePatchType(kind: Kind, contentType: string): string {
  const type = bareType(contentType);
  const accepted: string[] = [patchTypes.json, patchTypes.merge, patchTypes.apply];
  if (!kind.custom) accepted.splice(2, 0, patchTypes.strategic);
  if (!accepted.includes(type)) throw unsupportedMediaType(accepted);
  return type;
}

export function listKind(kind: Kind, form: AnswerForm): JsonObject {
  return form === 'metadata'
    ? { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' }
    : { kind: `${kind.kind}List`, apiVersion: kind.apiVersion };
}
