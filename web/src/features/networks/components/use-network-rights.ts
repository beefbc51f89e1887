import type { PermissionAction } from '../../../graphql/enums';
import { useViewer } from '../../../ui/viewer-context';

/** A network is nobody's in particular: only for the whole province is it made, counted and given away. */
export function useNetworkRights(): (action: PermissionAction) => boolean {
  const { permissions } = useViewer();
  return (action) =>
    permissions.some(
      (permission) =>
        permission.object === 'NETWORK' && permission.action === action && permission.scope === 'PROVINCE',
    );
}
