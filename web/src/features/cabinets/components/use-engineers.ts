import type { PermissionAction } from '../../../graphql/enums';
import { useViewer } from '../../../ui/viewer-context';

/** The place is nobody's in particular: only who may for the whole province makes or describes it. */
export function useEngineers(): (action: PermissionAction) => boolean {
  const { permissions } = useViewer();
  return (action) =>
    permissions.some(
      (permission) =>
        permission.object === 'CABINET' && permission.action === action && permission.scope === 'PROVINCE',
    );
}
