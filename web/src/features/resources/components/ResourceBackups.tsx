import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { BackupsPanel } from '../../../ui/backups/BackupsPanel';
import { ResourceFacts } from '../resources.gql';

/** Which backups copy this machine. */
export function ResourceBackups({ resource: masked }: { resource: FragmentOf<typeof ResourceFacts> }) {
  const { id, system } = readFragment(ResourceFacts, masked);
  return <BackupsPanel of={{ resourceId: id }} systemId={system.id} />;
}
