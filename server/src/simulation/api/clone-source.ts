/** What CDI's webhook asks of whoever clones into another namespace than the source's. */
import { type KubeObject, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { dataVolume } from '../kinds/kubevirt.js';
import type { Access } from './access.js';
import type { User } from './rights.js';
import { badRequest } from './status.js';

export function requireCloneSource(
  kind: Kind,
  namespace: string,
  object: KubeObject,
  user: User,
  access: Access,
): void {
  if (kind !== dataVolume) return;
  const source = (['snapshot', 'pvc'] as const)
    .map((each) => textAt(object, 'spec', 'source', each, 'namespace'))
    .find((each) => each !== undefined);
  if (source === undefined || source === namespace) return;
  const { group, plural } = dataVolume;
  const asked = { verb: 'create', group, resource: plural, subresource: 'source', namespace: source, name: '' };
  if (access.allows(user, asked)) return;
  throw badRequest(
    `admission webhook "datavolume-mutate.cdi.kubevirt.io" denied the request: User ${user.name} has insufficient permissions in clone source namespace ${source}`,
  );
}
