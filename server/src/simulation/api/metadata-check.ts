/** Refusals of an object's metadata, worded as k8s.io/apimachinery's validation words them. */
import { type JsonObject, type KubeObject, listAt, objectAt, textAt } from '../json.js';
import type { FieldProblem, Kind } from '../kinds/kind.js';

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const qualifiedName = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_LIMIT = 63;
const SUBDOMAIN_LIMIT = 253;

const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelValueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
export const qualifiedNameText =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** apimachinery/pkg/api/validation/path: what RBAC's names may be. */
function pathSegmentText(name: string): string {
  if (name === '.' || name === '..') return `may not be '${name}'`;
  return `may not contain '${name.includes('/') ? '/' : '%'}'`;
}

export function metadataProblems(kind: Kind, object: KubeObject, live: KubeObject | undefined): FieldProblem[] {
  return [
    ...(live === undefined ? nameProblems(kind, object) : changeProblems(object, live)),
    ...labelProblems(objectAt(object, 'metadata', 'labels') ?? {}),
  ];
}

function nameProblems(kind: Kind, object: KubeObject): FieldProblem[] {
  const field = 'metadata.name';
  const name = textAt(object, 'metadata', 'name') ?? '';
  if (name === '') {
    return [{ reason: 'FieldValueRequired', field, message: 'Required value: name or generateName is required' }];
  }
  if (kind.nameRule === 'path')
    return /^\.{1,2}$|[/%]/.test(name) ? [invalidValue(field, name, pathSegmentText(name))] : [];
  const limit = kind.nameRule === 'label' ? LABEL_LIMIT : SUBDOMAIN_LIMIT;
  if (kind.nameRule === 'label' && name.includes('.')) return [invalidValue(field, name, 'must not contain dots')];
  const fits = (kind.nameRule === 'label' ? label : subdomain).test(name);
  if (!fits) return [invalidValue(field, name, kind.nameRule === 'label' ? labelText : subdomainText)];
  return name.length > limit ? [invalidValue(field, name, `must be no more than ${limit} characters`)] : [];
}

/** Each of these is said twice by a real server, which checks them in two places. */
function changeProblems(object: KubeObject, live: KubeObject): FieldProblem[] {
  const found: FieldProblem[] = [];
  const uid = textAt(object, 'metadata', 'uid') ?? '';
  if (uid !== textAt(live, 'metadata', 'uid')) {
    const problem = invalidValue('metadata.uid', uid, 'field is immutable');
    found.push(problem, problem);
  }
  const before = listAt(live, 'metadata', 'finalizers');
  const added = listAt(object, 'metadata', 'finalizers').filter((each) => !before.includes(each));
  if (live.metadata.deletionTimestamp !== undefined && added.length > 0) {
    const problem = {
      reason: 'FieldValueForbidden',
      field: 'metadata.finalizers',
      message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((each) => JSON.stringify(each)).join(', ')}}`,
    };
    found.push(problem, problem);
  }
  return found;
}

function labelProblems(labels: JsonObject): FieldProblem[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const problems: FieldProblem[] = [];
    if (!qualifiedName.test(key)) problems.push(invalidValue('metadata.labels', key, qualifiedNameText));
    const text = String(value);
    if (!labelValue.test(text)) problems.push(invalidValue('metadata.labels', text, labelValueText));
    else if (text.length > LABEL_LIMIT) {
      problems.push(invalidValue('metadata.labels', text, `must be no more than ${LABEL_LIMIT} bytes`));
    }
    return problems;
  });
}

function invalidValue(field: string, value: string, why: string): FieldProblem {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: "${value}": ${why}` };
}
