/** Label and field selectors, as k8s.io/apimachinery reads them. */
import { at, type KubeObject, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { type Labels, parseSelector } from './label-selector.js';
import { badRequest } from './status.js';

export type Selector = (object: KubeObject) => boolean;

export const everything: Selector = () => true;

export function labelSelector(text: string): Selector {
  const requirements = parseSelector(text);
  if (requirements.length === 0) return everything;
  return (object) => {
    const labels: Labels = (name) => textAt(object, 'metadata', 'labels', name);
    return requirements.every((each) => each(labels));
  };
}

export function fieldSelector(kind: Kind, text: string): Selector {
  if (text === '') return everything;
  const requirements = text.split(',').map((part) => {
    const [, field = '', comparison, wanted = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? [];
    if (comparison === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    if (!isSelectable(kind, field)) throw badRequest(`field label not supported: ${field}`);
    return (object: KubeObject) => (fieldText(object, field) === wanted) === (comparison !== '!=');
  });
  return (object) => requirements.every((each) => each(object));
}

function isSelectable(kind: Kind, field: string): boolean {
  if (field === 'metadata.name') return true;
  return field === 'metadata.namespace' ? kind.namespaced : kind.selectableFields.includes(field);
}

function fieldText(object: KubeObject, field: string): string {
  const found = at(object, ...field.split('.'));
  return found === undefined || found === null ? '' : String(found);
}
