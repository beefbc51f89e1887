/** Label and field selectors, as k8s.io/apimachinery reads them. */
import { at, type KubeObject, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { badRequest } from './status.js';

export type Selector = (object: KubeObject) => boolean;

type Labels = (key: string) => string | undefined;
type Requirement = (labels: Labels) => boolean;

export const everything: Selector = () => true;

const key = '(?:[a-z0-9A-Z](?:[-a-z0-9A-Z.]*[a-z0-9A-Z])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?';
const value = '(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?';
const setBased = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const equalityBased = new RegExp(`^(${key})\\s*(==|=|!=)\\s*(${value})$`);
const existence = new RegExp(`^(!?)\\s*(${key})$`);

export function labelSelector(text: string): Selector {
  if (text.trim() === '') return everything;
  const requirements = splitOutsideParentheses(text).map((part) => requirement(part.trim(), text));
  return (object) => {
    const labels: Labels = (name) => textAt(object, 'metadata', 'labels', name);
    return requirements.every((each) => each(labels));
  };
}

function requirement(part: string, whole: string): Requirement {
  const [, setKey = '', operator, list = ''] = setBased.exec(part) ?? [];
  if (operator !== undefined) {
    const values = new Set(list.split(',').map((each) => each.trim()));
    return (labels) => {
      const label = labels(setKey);
      return operator === 'in' ? label !== undefined && values.has(label) : label === undefined || !values.has(label);
    };
  }
  const [, equalKey = '', comparison, wanted = ''] = equalityBased.exec(part) ?? [];
  if (comparison !== undefined) {
    return (labels) => (labels(equalKey) === wanted) === (comparison !== '!=');
  }
  const [, negated, existingKey = ''] = existence.exec(part) ?? [];
  if (negated === undefined) throw badRequest(`unable to parse requirement: found '${part}' in '${whole}'`);
  return (labels) => (labels(existingKey) !== undefined) === (negated === '');
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  return [...parts, part];
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
