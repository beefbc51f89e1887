import { newId } from '../../../server/src/platform/database/ids.js';
import {
  type GovernmentSystem,
  type PaymentLink,
  type Project,
  UNKNOWN_DETAILS,
  UNKNOWN_PROJECT_DETAILS,
} from '../../../server/src/systems/domain/system.js';

let made = 0;

export function system(departmentId: string, more: Partial<GovernmentSystem> = {}): GovernmentSystem {
  made += 1;
  return {
    ...UNKNOWN_DETAILS,
    id: newId(),
    code: `XT-${String(made).padStart(4, '0')}`,
    name: `第${made}业务系统`,
    departmentId,
    protectionLevel: 2,
    localMode: 'SINGLE',
    remoteMode: 'NONE',
    filed: true,
    frozen: false,
    // Nothing of it stands in the way of a request.
    ownerUserId: newId(),
    contacts: [{ name: '王联系', phone: '025-0000000', role: '业务负责人' }],
    dataClass: 'GENERAL',
    assessedOn: '2026-06-01',
    assessmentResult: 'CONFORMING',
    declarationFileId: newId(),
    declarationValidUntil: '2099-12-31',
    reliabilityFileId: newId(),
    reliabilityValidUntil: '2099-12-31',
    reliabilityEntries: [
      { part: 'CPU', product: '鲲鹏 920', domestic: true, reason: null },
      { part: 'CPU', product: 'Xeon', domestic: false, reason: '原有授权绑定' },
      { part: 'OS', product: '银河麒麟 V10', domestic: true, reason: null },
      { part: 'OS', product: '欧拉 24.03 LTS', domestic: true, reason: null },
    ],
    ...more,
  };
}

export function project(departmentId: string, more: Partial<Project> = {}): Project {
  made += 1;
  return {
    ...UNKNOWN_PROJECT_DETAILS,
    id: newId(),
    code: `XM-2026-${String(made).padStart(4, '0')}`,
    name: `第${made}建设项目`,
    departmentId,
    budgetYear: 2026,
    fundSource: '省级财政资金',
    ...more,
  };
}

export function payment(
  system: GovernmentSystem,
  project: Project,
  from = '2026-01-01',
  to: string | null = null,
): PaymentLink {
  return { systemId: system.id, projectId: project.id, from, to };
}
