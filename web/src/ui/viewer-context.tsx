import { createContext, useContext } from 'react';
import type { PermissionAction, PermissionObject } from '../graphql/enums';
import { may, type Permission, readingScope } from '../graphql/permissions';

/** Who looks at the page, as far as pages need to know. */
export type ViewerFacts = {
  id: string;
  displayName: string;
  /** Left out or null = of none. */
  departmentId?: string | null;
  departmentName: string | null;
  permissions: readonly Permission[];
  /** What is taken and free in the province's place; a city is told whether something fits, not how much. */
  seesCapacityFigures: boolean;
};

export const ViewerContext = createContext<ViewerFacts | null>(null);

export function useViewer(): ViewerFacts {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('A page for signed-in users stands outside the shell.');
  return viewer;
}

export function useMay(): (object: PermissionObject, action: PermissionAction) => boolean {
  const { permissions } = useViewer();
  return (object, action) => may(permissions, object, action);
}

/** Who sees the province's costs may look at the cities' beside them. */
export function useSeesProvincialCosts(): boolean {
  const { permissions } = useViewer();
  return permissions.some(
    ({ object, action, scope }) => object === 'BUDGET' && action === 'READ' && scope === 'PROVINCE',
  );
}

/** Whether every row a viewer sees is of one department, which then needs no column. */
export function useSeesOneDepartment(): boolean {
  const { departmentName, permissions } = useViewer();
  const scope = readingScope(permissions);
  return departmentName !== null && (scope === 'OWN_DEPARTMENT' || scope === 'BOUND_SYSTEMS');
}
