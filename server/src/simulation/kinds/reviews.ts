/** Kinds that are asked and never kept: what may I, what may they, who am I, whose token is this. */
import { kindOf } from './kind.js';
import { anything, boolean, list, map, object, string } from './schema.js';

const resourceAttributes = object({
  namespace: string,
  verb: string,
  group: string,
  version: string,
  resource: string,
  subresource: string,
  name: string,
  fieldSelector: anything,
  labelSelector: anything,
});
const nonResourceAttributes = object({ path: string, verb: string });
const attributes = { resourceAttributes, nonResourceAttributes };
const subject = { user: string, groups: list(string), uid: string, extra: map(list(string)) };

const authorization = { group: 'authorization.k8s.io', version: 'v1', namespaced: false, verbs: ['create'] } as const;
const accessStatus = object({ allowed: boolean, denied: boolean, reason: string, evaluationError: string });

export const selfSubjectAccessReview = kindOf({
  ...authorization,
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  fields: { spec: object(attributes), status: accessStatus },
});

export const subjectAccessReview = kindOf({
  ...authorization,
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  fields: { spec: object({ ...attributes, ...subject }), status: accessStatus },
});

export const localSubjectAccessReview = kindOf({
  ...authorization,
  namespaced: true,
  kind: 'LocalSubjectAccessReview',
  plural: 'localsubjectaccessreviews',
  fields: { spec: object({ ...attributes, ...subject }), status: accessStatus },
});

export const selfSubjectRulesReview = kindOf({
  ...authorization,
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  fields: { spec: object({ namespace: string }), status: anything },
});

const authentication = { group: 'authentication.k8s.io', version: 'v1', namespaced: false, verbs: ['create'] } as const;

export const selfSubjectReview = kindOf({
  ...authentication,
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  fields: { status: anything },
});
