import {
  ClusterOutlined,
  DatabaseOutlined,
  FileTextOutlined,
  SafetyOutlined,
  TeamOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import type { ParseKeys } from 'i18next';
import type { ComponentType } from 'react';
import type { PermissionAction, PermissionObject } from '../../graphql/enums';
import { may, type Permission } from '../../graphql/permissions';
import { routes } from '../../lib/routes';

type Need = readonly [PermissionObject, PermissionAction];

/** One page. To add one: one line in its section. */
export type MenuEntry = {
  /** Key of a text in the page's own dictionary, usually its title. */
  label: ParseKeys;
  to: string;
  /** Any of these; none = everyone who is signed in. */
  needs: readonly Need[];
};

export type MenuSection = {
  key: 'work' | 'facilities' | 'tenants' | 'services' | 'data' | 'audit';
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  entries: readonly MenuEntry[];
};

/** Above all sections, for everyone. */
export const homeEntry: MenuEntry = { label: 'shell.menuEntry.home', to: routes.home(), needs: [] };

// biome-ignore format: one entry a line, however long.
const sections: readonly MenuSection[] = [
  {
    key: 'work',
    icon: FileTextOutlined,
    entries: [
      { label: 'request.list', to: routes.requests(), needs: [['REQUEST', 'READ']] },
      { label: 'request.queue', to: routes.approvals(), needs: [['REQUEST', 'REVIEW'], ['REQUEST', 'SIGN_OFF']] },
      { label: 'delegation.title', to: routes.delegations(), needs: [['REQUEST', 'REVIEW'], ['REQUEST', 'SIGN_OFF']] },
      { label: 'waitingPaper.list', to: routes.waitingPapers(), needs: [['REQUEST', 'READ']] },
      { label: 'deliverySheet.list', to: routes.deliverySheets(), needs: [['REQUEST', 'READ']] },
      { label: 'resource.list', to: routes.resources(), needs: [['RESOURCE', 'READ']] },
      { label: 'task.title', to: routes.tasks(), needs: [['RESOURCE', 'READ']] },
      { label: 'life.title', to: routes.termsOf('TO_REVIEW'), needs: [['RESOURCE', 'READ']] },
      { label: 'drDebt.title', to: routes.drDebts(), needs: [['DR_DEBT', 'READ']] },
      { label: 'reclaim.title', to: routes.reclaimCases(), needs: [['RESOURCE', 'EDIT'], ['RESOURCE', 'REVIEW']] },
      { label: 'work.list', to: routes.workOrders(), needs: [['WORK_ORDER', 'READ'], ['WORK_ORDER', 'EDIT']] },
      { label: 'backup.list', to: routes.backups(), needs: [['WORK_ORDER', 'READ']] },
    ],
  },
  {
    key: 'facilities',
    icon: ClusterOutlined,
    entries: [
      { label: 'place.list', to: routes.centers(), needs: [['CENTER', 'READ']] },
      { label: 'capacity.title', to: routes.capacity(), needs: [['CAPACITY', 'READ']] },
      { label: 'simulator.title', to: routes.placementSimulator(), needs: [['CAPACITY', 'READ']] },
      { label: 'room.list', to: routes.rooms(), needs: [['CABINET', 'READ']] },
      { label: 'cabinet.list', to: routes.cabinets(), needs: [['CABINET', 'READ']] },
      { label: 'network.list', to: routes.networks(), needs: [['NETWORK', 'READ']] },
      { label: 'server.list', to: routes.servers(), needs: [['SERVER', 'READ']] },
      { label: 'maintenance.list', to: routes.maintenance(), needs: [['CAPACITY', 'READ']] },
      { label: 'consolidation.title', to: routes.consolidation(), needs: [['CAPACITY', 'READ']] },
    ],
  },
  {
    key: 'tenants',
    icon: TeamOutlined,
    entries: [
      { label: 'system.list', to: routes.systems(), needs: [['SYSTEM', 'READ']] },
      { label: 'goLive.title', to: routes.goLives(), needs: [['GO_LIVE', 'READ']] },
      { label: 'project.list', to: routes.projects(), needs: [['PROJECT', 'READ']] },
      { label: 'plan.list', to: routes.plans(), needs: [['PLAN', 'READ']] },
      { label: 'quota.list', to: routes.quotas(), needs: [['QUOTA', 'READ']] },
      { label: 'department.list', to: routes.departments(), needs: [['DEPARTMENT', 'READ']] },
      { label: 'people.list', to: routes.users(), needs: [['USER', 'READ']] },
      { label: 'people.roleTable', to: routes.roleTable(), needs: [['USER', 'READ']] },
      { label: 'channel.title', to: routes.channels(), needs: [['CHANNEL', 'READ']] },
      { label: 'handOver.title', to: routes.handOver(), needs: [['USER', 'EDIT'], ['REQUEST', 'SIGN_OFF'], ['REQUEST', 'EDIT']] },
    ],
  },
  {
    key: 'services',
    icon: WalletOutlined,
    entries: [
      { label: 'catalog.title', to: routes.catalog(), needs: [['CATALOG', 'READ']] },
      { label: 'package.title', to: routes.packages(), needs: [['CATALOG', 'EDIT']] },
      { label: 'price.list', to: routes.prices(), needs: [['PRICE', 'READ']] },
      { label: 'budget.list', to: routes.budgets(), needs: [['BUDGET', 'READ']] },
      { label: 'chains.title', to: routes.chains(), needs: [['CHAIN', 'READ']] },
      { label: 'gates.title', to: routes.gates(), needs: [['GATE', 'READ']] },
      { label: 'workingDays.title', to: routes.workingDays(), needs: [['CALENDAR', 'READ']] },
    ],
  },
  {
    key: 'data',
    icon: DatabaseOutlined,
    entries: [
      { label: 'import.title', to: routes.imports(), needs: [['SERVER', 'IMPORT'], ['CABINET', 'IMPORT'], ['NETWORK', 'IMPORT'], ['INTAKE', 'IMPORT'], ['USER', 'IMPORT'], ['PLAN', 'IMPORT']] },
      { label: 'intake.title', to: routes.intake(), needs: [['INTAKE', 'READ']] },
    ],
  },
  {
    key: 'audit',
    icon: SafetyOutlined,
    entries: [
      { label: 'audit.title', to: routes.audit(), needs: [['AUDIT', 'READ']] },
    ],
  },
];

/** What a viewer's permissions open: the same table that the server's guards read. A section without entries is none. */
export function menuFor(permissions: readonly Permission[]): MenuSection[] {
  const opens = ({ needs }: MenuEntry) =>
    needs.length === 0 || needs.some(([object, action]) => may(permissions, object, action));
  return sections
    .map((section) => ({ ...section, entries: section.entries.filter(opens) }))
    .filter((section) => section.entries.length > 0);
}
