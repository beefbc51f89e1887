import {
  AppstoreOutlined,
  AuditOutlined,
  CloudServerOutlined,
  FileTextOutlined,
  HomeOutlined,
  SafetyOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { PermissionAction, PermissionObject } from '../../graphql/enums';
import { may, type Permission } from '../../graphql/permissions';
import { routes } from '../../lib/routes';

type MenuKey = 'home' | 'requests' | 'approvals' | 'resources' | 'catalog' | 'audit';
type Need = readonly [PermissionObject, PermissionAction];
export type MenuEntry = {
  key: MenuKey;
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  to: string;
  /** Any of these; none = everyone who is signed in. */
  needs: readonly Need[];
};

const menuEntries: readonly MenuEntry[] = [
  { key: 'home', icon: HomeOutlined, to: routes.home(), needs: [] },
  { key: 'requests', icon: FileTextOutlined, to: routes.requests(), needs: [['REQUEST', 'READ']] },
  {
    key: 'approvals',
    icon: AuditOutlined,
    to: routes.approvals(),
    needs: [
      ['REQUEST', 'REVIEW'],
      ['REQUEST', 'SIGN_OFF'],
    ],
  },
  { key: 'resources', icon: CloudServerOutlined, to: routes.resources(), needs: [['RESOURCE', 'READ']] },
  { key: 'catalog', icon: AppstoreOutlined, to: routes.catalog(), needs: [['CATALOG', 'READ']] },
  { key: 'audit', icon: SafetyOutlined, to: routes.audit(), needs: [['AUDIT', 'READ']] },
];

/** The entries a viewer's permissions open: the same table that the server's guards read. */
export function menuFor(permissions: readonly Permission[]): MenuEntry[] {
  return menuEntries.filter(
    ({ needs }) => needs.length === 0 || needs.some(([object, action]) => may(permissions, object, action)),
  );
}
