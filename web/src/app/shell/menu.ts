import {
  AccountBookOutlined,
  AlertOutlined,
  ClusterOutlined,
  DatabaseOutlined,
  FileTextOutlined,
  RiseOutlined,
  SafetyOutlined,
  TagsOutlined,
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
  /** What the menu calls it: a word of the first load, where the page's own dictionary is not there yet. */
  label: ParseKeys;
  to: string;
  /** Any of these; none = everyone who is signed in. */
  needs: readonly Need[];
};

export type MenuSection = {
  key:
    | 'work'
    | 'resilience'
    | 'facilities'
    | 'tenants'
    | 'accounts'
    | 'spend'
    | 'performance'
    | 'services'
    | 'data'
    | 'audit';
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  entries: readonly MenuEntry[];
  /** Is not what this viewer comes for every day: closed until it is opened. */
  aside?: boolean;
};

/** Above all sections, for everyone. */
export const homeEntry: MenuEntry = { label: 'menu.home', to: routes.home(), needs: [] };

// biome-ignore format: one entry a line, however long.
const sections: readonly MenuSection[] = [
  {
    key: 'work',
    icon: FileTextOutlined,
    entries: [
      { label: 'menu.requests', to: routes.requests(), needs: [['REQUEST', 'READ']] },
      { label: 'menu.approvals', to: routes.approvals(), needs: [['REQUEST', 'REVIEW'], ['REQUEST', 'SIGN_OFF']] },
      { label: 'menu.delegations', to: routes.delegations(), needs: [['REQUEST', 'REVIEW'], ['REQUEST', 'SIGN_OFF']] },
      { label: 'menu.waitingPapers', to: routes.waitingPapers(), needs: [['REQUEST', 'READ']] },
      { label: 'menu.deliverySheets', to: routes.deliverySheets(), needs: [['REQUEST', 'READ']] },
      { label: 'menu.resources', to: routes.resources(), needs: [['RESOURCE', 'READ']] },
      { label: 'menu.departmentUse', to: routes.departmentUse(), needs: [['RESOURCE', 'READ']] },
      { label: 'menu.tasks', to: routes.tasks(), needs: [['RESOURCE', 'READ']] },
      { label: 'menu.termsOf', to: routes.termsOf('TO_REVIEW'), needs: [['RESOURCE', 'READ']] },
      { label: 'menu.reclaimCases', to: routes.reclaimCases(), needs: [['RESOURCE', 'EDIT'], ['RESOURCE', 'REVIEW']] },
      { label: 'menu.workOrders', to: routes.workOrders(), needs: [['WORK_ORDER', 'READ'], ['WORK_ORDER', 'EDIT']] },
    ],
  },
  {
    key: 'resilience',
    icon: AlertOutlined,
    entries: [
      { label: 'menu.drPicture', to: routes.drPicture(), needs: [['DR_GROUP', 'READ']] },
      { label: 'menu.drGroups', to: routes.drGroups(), needs: [['DR_GROUP', 'READ']] },
      { label: 'menu.drDrills', to: routes.drDrills(), needs: [['DR_GROUP', 'READ']] },
      { label: 'menu.drExecutions', to: routes.drExecutions(), needs: [['DR_GROUP', 'OPERATE'], ['DR_GROUP', 'SIGN_OFF']] },
      { label: 'menu.drDebts', to: routes.drDebts(), needs: [['DR_DEBT', 'READ']] },
      { label: 'menu.backups', to: routes.backups(), needs: [['WORK_ORDER', 'READ']] },
      { label: 'menu.alerts', to: routes.alerts(), needs: [['DR_GROUP', 'READ']] },
      { label: 'menu.duty', to: routes.duty(), needs: [['DUTY', 'READ']] },
      { label: 'menu.dutyNotices', to: routes.dutyNotices(), needs: [['RESOURCE', 'READ']] },
      { label: 'menu.dutyRoster', to: routes.dutyRoster(), needs: [['DUTY', 'READ']] },
      { label: 'menu.changeFreezes', to: routes.changeFreezes(), needs: [['DUTY', 'READ']] },
    ],
  },
  {
    key: 'facilities',
    icon: ClusterOutlined,
    entries: [
      { label: 'menu.centers', to: routes.centers(), needs: [['CENTER', 'READ']] },
      { label: 'menu.capacity', to: routes.capacity(), needs: [['CAPACITY', 'READ']] },
      { label: 'menu.clusters', to: routes.clusters(), needs: [['CAPACITY', 'READ']] },
      { label: 'menu.consoleData', to: routes.consoleData(), needs: [['CAPACITY', 'READ']] },
      { label: 'menu.drifts', to: routes.drifts(), needs: [['CAPACITY', 'READ']] },
      { label: 'menu.quarantine', to: routes.quarantine(), needs: [['INTAKE', 'READ'], ['RESOURCE', 'RELEASE']] },
      { label: 'menu.placementSimulator', to: routes.placementSimulator(), needs: [['CAPACITY', 'READ']] },
      { label: 'menu.rooms', to: routes.rooms(), needs: [['CABINET', 'READ']] },
      { label: 'menu.cabinets', to: routes.cabinets(), needs: [['CABINET', 'READ']] },
      { label: 'menu.networks', to: routes.networks(), needs: [['NETWORK', 'READ']] },
      { label: 'menu.hosts', to: routes.hosts(), needs: [['INTAKE', 'READ']] },
      { label: 'menu.servers', to: routes.servers(), needs: [['SERVER', 'READ']] },
      { label: 'menu.maintenance', to: routes.maintenance(), needs: [['CAPACITY', 'READ']] },
      { label: 'menu.outages', to: routes.outages(), needs: [['OUTAGE', 'READ']] },
      { label: 'menu.consolidation', to: routes.consolidation(), needs: [['CAPACITY', 'READ']] },
    ],
  },
  {
    key: 'tenants',
    icon: TeamOutlined,
    entries: [
      { label: 'menu.systems', to: routes.systems(), needs: [['SYSTEM', 'READ']] },
      { label: 'menu.goLives', to: routes.goLives(), needs: [['GO_LIVE', 'READ']] },
      { label: 'menu.projects', to: routes.projects(), needs: [['PROJECT', 'READ']] },
      { label: 'menu.plans', to: routes.plans(), needs: [['PLAN', 'READ']] },
      { label: 'menu.quotas', to: routes.quotas(), needs: [['QUOTA', 'READ']] },
      { label: 'menu.departments', to: routes.departments(), needs: [['DEPARTMENT', 'READ']] },
      { label: 'menu.users', to: routes.users(), needs: [['USER', 'READ']] },
      { label: 'menu.roleTable', to: routes.roleTable(), needs: [['USER', 'READ']] },
      { label: 'menu.channels', to: routes.channels(), needs: [['CHANNEL', 'READ']] },
      { label: 'menu.handOver', to: routes.handOver(), needs: [['USER', 'EDIT'], ['REQUEST', 'SIGN_OFF'], ['REQUEST', 'EDIT']] },
    ],
  },
  {
    key: 'accounts',
    icon: AccountBookOutlined,
    entries: [
      { label: 'menu.finance', to: routes.finance(), needs: [['CLOSING', 'READ']] },
      { label: 'menu.departmentCosts', to: routes.departmentCosts(), needs: [['STATEMENT', 'SIGN_OFF']] },
      { label: 'menu.costs', to: routes.costs(), needs: [['BUDGET', 'READ']] },
      { label: 'menu.costChanges', to: routes.costChanges(), needs: [['BUDGET', 'READ']] },
      { label: 'menu.idleCosts', to: routes.idleCosts(), needs: [['BUDGET', 'READ']] },
      { label: 'menu.statements', to: routes.statements(), needs: [['BUDGET', 'READ']] },
      { label: 'menu.disputes', to: routes.disputes(), needs: [['BUDGET', 'READ']] },
      { label: 'menu.closings', to: routes.closings(), needs: [['CLOSING', 'READ']] },
      { label: 'menu.sharedCosts', to: routes.sharedCosts(), needs: [['CLOSING', 'READ']] },
      { label: 'menu.selfBuild', to: routes.selfBuild(), needs: [['BUDGET', 'READ']] },
    ],
  },
  {
    key: 'spend',
    icon: WalletOutlined,
    entries: [
      { label: 'menu.budgets', to: routes.budgets(), needs: [['BUDGET', 'READ']] },
      { label: 'menu.contracts', to: routes.contracts(), needs: [['SPEND', 'READ']] },
      { label: 'menu.deductions', to: routes.deductions(), needs: [['SPEND', 'READ']] },
      { label: 'menu.payments', to: routes.payments(), needs: [['SPEND', 'READ']] },
      { label: 'menu.ownedAssets', to: routes.ownedAssets(), needs: [['SPEND', 'READ']] },
      { label: 'menu.suppliers', to: routes.suppliers(), needs: [['SPEND', 'READ']] },
      { label: 'menu.reconciliation', to: routes.reconciliation(), needs: [['SPEND', 'READ']] },
    ],
  },
  {
    key: 'performance',
    icon: RiseOutlined,
    entries: [
      { label: 'menu.grades', to: routes.grades(), needs: [['PERFORMANCE', 'READ']] },
      { label: 'menu.availability', to: routes.availability(), needs: [['PERFORMANCE', 'READ']] },
      { label: 'menu.usageNotices', to: routes.usageNotices(), needs: [['PERFORMANCE', 'READ']] },
      { label: 'menu.selfEvaluations', to: routes.selfEvaluations(), needs: [['PERFORMANCE', 'READ']] },
    ],
  },
  {
    key: 'services',
    icon: TagsOutlined,
    entries: [
      { label: 'menu.catalog', to: routes.catalog(), needs: [['CATALOG', 'READ']] },
      { label: 'menu.packages', to: routes.packages(), needs: [['CATALOG', 'EDIT']] },
      { label: 'menu.prices', to: routes.prices(), needs: [['PRICE', 'READ']] },
      { label: 'menu.chains', to: routes.chains(), needs: [['CHAIN', 'READ']] },
      { label: 'menu.gates', to: routes.gates(), needs: [['GATE', 'READ']] },
      { label: 'menu.workingDays', to: routes.workingDays(), needs: [['CALENDAR', 'READ']] },
    ],
  },
  {
    key: 'data',
    icon: DatabaseOutlined,
    entries: [
      { label: 'menu.imports', to: routes.imports(), needs: [['SERVER', 'IMPORT'], ['CABINET', 'IMPORT'], ['NETWORK', 'IMPORT'], ['INTAKE', 'IMPORT'], ['USER', 'IMPORT'], ['PLAN', 'IMPORT'], ['BUDGET', 'IMPORT'], ['SPEND', 'IMPORT']] },
      { label: 'menu.intake', to: routes.intake(), needs: [['INTAKE', 'READ']] },
      { label: 'menu.dataExports', to: routes.dataExports(), needs: [['BUDGET', 'READ'], ['ROLE', 'EDIT']] },
    ],
  },
  {
    key: 'audit',
    icon: SafetyOutlined,
    entries: [
      { label: 'menu.audit', to: routes.audit(), needs: [['AUDIT', 'READ']] },
    ],
  },
];

/** Whoever asks for the close of a month comes for money: those sections stand first, and all others are aside. */
const MONEY: readonly MenuSection['key'][] = ['accounts', 'spend', 'performance', 'services', 'data'];

/** What a viewer's permissions open: the same table that the server's guards read. A section without entries is none. */
export function menuFor(permissions: readonly Permission[]): MenuSection[] {
  const opens = ({ needs }: MenuEntry) =>
    needs.length === 0 || needs.some(([object, action]) => may(permissions, object, action));
  const opened = sections
    .map((section) => ({ ...section, entries: section.entries.filter(opens) }))
    .filter((section) => section.entries.length > 0);
  if (!may(permissions, 'CLOSING', 'SUBMIT')) return opened;
  const isMoney = ({ key }: MenuSection) => MONEY.includes(key);
  return [
    ...opened.filter(isMoney),
    ...opened.filter((section) => !isMoney(section)).map((section) => ({ ...section, aside: true })),
  ];
}
