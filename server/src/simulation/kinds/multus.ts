/** What multus plugs a machine's further cards into. */
import { customKind } from './kind.js';
import { object, string } from './schema.js';

export const networkAttachmentDefinition = customKind({
  group: 'k8s.cni.cncf.io',
  version: 'v1',
  kind: 'NetworkAttachmentDefinition',
  plural: 'network-attachment-definitions',
  singular: 'network-attachment-definition',
  shortNames: ['net-attach-def'],
  namespaced: true,
  fields: { spec: object({ config: string }) },
});
