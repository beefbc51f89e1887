/** Pods, which nobody makes here: `kubectl describe` of a disk or a node asks which of them use it. */
import { ageColumn, kindOf, nameColumn, textColumn } from './kind.js';
import { anything } from './schema.js';

export const pod = kindOf({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  verbs: ['get', 'list', 'watch'],
  statusSubresource: true,
  selectableFields: ['spec.nodeName', 'status.phase'],
  fields: { spec: anything, status: anything },
  columns: [
    nameColumn,
    textColumn('Status', 'The aggregate status of the containers in this pod.', () => ''),
    ageColumn,
  ],
});
