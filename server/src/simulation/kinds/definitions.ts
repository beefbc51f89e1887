/** CustomResourceDefinitions, which nobody makes here: kubectl asks for them where it does not find a kind. */

import { createdAtColumn } from './columns.js';
import { kindOf, nameColumn } from './kind.js';
import { anything, map, object, string } from './schema.js';

export const customResourceDefinition = kindOf({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  verbs: ['get', 'list', 'watch'],
  statusSubresource: true,
  fields: {
    spec: object({ group: string, names: anything, scope: string, versions: anything }),
    status: map(anything),
  },
  columns: [nameColumn, createdAtColumn],
});
