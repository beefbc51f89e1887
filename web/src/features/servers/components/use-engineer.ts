import type { PermissionAction } from '../../../graphql/enums';
import { useViewer } from '../../../ui/viewer-context';

/** Whether the viewer may do this to servers of the whole province: machines of the house are nobody's in particular. */
export function useEngineer(): (action: PermissionAction) => boolean {
  const { permissions } = useViewer();
  return (action) =>
    permissions.some((may) => may.object === 'SERVER' && may.action === action && may.scope === 'PROVINCE');
}
