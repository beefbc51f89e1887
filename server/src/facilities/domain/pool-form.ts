/** Decides whether what is said of a center, a pool or a maintenance window can be taken as it is. */

import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import type { CloudKind } from './consolidation.js';
import type { Architecture, NetworkZone, PoolKind } from './facility.js';
import { type Cloud, isFacilityCode, isPoolProtectionLevel } from './facility.js';
import { MAINTENANCE_DAYS_MAX, MAINTENANCE_REASON_MAX, MAINTENANCE_TITLE_MAX, type PoolExtent } from './maintenance.js';
import { ACCELERATOR_CLASSES_MAX, isAcceleratorName } from './pool-meters.js';
import { OVERCOMMIT_PERCENT_MAX, OVERCOMMIT_PERCENT_MIN, type PoolSize, RESERVE_PERCENT_MAX } from './promised.js';
import { invalid } from './refusals.js';

/** What a person says of a pool's hardware. */
export interface SizeForm {
  readonly nodes: number | null;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly ssdGib: number;
  readonly hddGib: number;
}

export interface CloudForm {
  readonly kind: CloudKind;
  readonly ownerDepartmentId: string | undefined;
  readonly migrationPlan: string | null;
  readonly migrationTarget: CalendarDate | null;
  readonly servers: number | null;
  readonly rackUnits: number | null;
}

/** What may be said at first and changed later. */
export interface PoolForm {
  readonly processor: string;
  /** Unsaid = as it is; a new pool has none. */
  readonly domesticCpu?: boolean | null;
  /** Unsaid = as it is; a new pool carries level 2 until somebody says more. */
  readonly protectionLevelMax?: number | null;
  readonly vcpuOvercommitPercent: number;
  readonly reservePercent: number;
  readonly reserveNodes: number;
  /** RECORDED only: what it has. A driven pool is counted by its cluster. */
  readonly size: SizeForm | null;
  readonly accelerators: readonly { readonly name: string; readonly count: number }[];
  readonly platformName: string | null;
  readonly cloud: CloudForm | null;
}

export interface NewPoolForm extends PoolForm {
  readonly code: string;
  readonly kind: PoolKind;
  readonly architecture: Architecture;
  readonly zone: NetworkZone;
}

/** Bigger than any pool that a province runs; a slip of the finger is above it. */
const VCPU_MAX = 10_000_000;
const MEMORY_MIB_MAX = 100_000_000_000;
const STORAGE_GIB_MAX = 10_000_000_000;
const COUNT_MAX = 1_000_000;
const PROCESSOR_MAX = 60;
const PLATFORM_MAX = 80;
const PLAN_MAX = 500;
const NODES_MAX = 10_000;

export function checkPoolForm(kind: PoolKind, form: PoolForm): Refusal[] {
  const refusals: Refusal[] = [];
  const whole = (path: InputPath, value: number, min: number, max: number): void => {
    if (!Number.isInteger(value) || value < min || value > max)
      refusals.push(
        invalid(path, 'range', say(`须为 ${min} 至 ${max} 的整数`, `A whole number from ${min} to ${max}`)),
      );
  };
  const text = (path: InputPath, value: string, min: number, max: number): void => {
    const { length } = value.trim();
    if (length < min || length > max)
      refusals.push(invalid(path, 'length', say(`须为 ${min} 至 ${max} 字`, `${min} to ${max} characters`)));
  };
  text(['processor'], form.processor, 1, PROCESSOR_MAX);
  if (form.protectionLevelMax != null && !isPoolProtectionLevel(form.protectionLevelMax))
    refusals.push(
      invalid(
        ['protectionLevelMax'],
        'range',
        say('等保级别为 1 至 3 级，政务云不承载四级系统', 'The protection level is 1 to 3; level 4 is not hosted'),
      ),
    );
  whole(['vcpuOvercommitPercent'], form.vcpuOvercommitPercent, OVERCOMMIT_PERCENT_MIN, OVERCOMMIT_PERCENT_MAX);
  whole(['reservePercent'], form.reservePercent, 0, RESERVE_PERCENT_MAX);
  whole(['reserveNodes'], form.reserveNodes, 0, NODES_MAX);
  if (kind === 'RECORDED' && form.size === null)
    refusals.push(invalid(['size'], 'required', say('登记型资源池须填写规模', 'A recorded pool needs its size')));
  if (kind === 'DRIVEN' && form.size !== null)
    refusals.push(
      invalid(
        ['size'],
        'counted',
        say('纳管型资源池的规模由集群清点', "A driven pool's size is what its cluster counts"),
      ),
    );
  if (kind === 'RECORDED' && (form.platformName ?? '').trim() === '')
    refusals.push(invalid(['platformName'], 'required', say('请填写平台名称', 'Name the platform')));
  if (form.platformName !== null) text(['platformName'], form.platformName, 1, PLATFORM_MAX);
  if (form.size !== null) {
    if (form.size.nodes !== null) whole(['size', 'nodes'], form.size.nodes, 1, NODES_MAX);
    whole(['size', 'vcpu'], form.size.vcpu, 0, VCPU_MAX);
    whole(['size', 'memoryMib'], form.size.memoryMib, 0, MEMORY_MIB_MAX);
    whole(['size', 'ssdGib'], form.size.ssdGib, 0, STORAGE_GIB_MAX);
    whole(['size', 'hddGib'], form.size.hddGib, 0, STORAGE_GIB_MAX);
  }
  checkAccelerators(form.accelerators, refusals, whole);
  if (form.cloud !== null) {
    if (kind === 'DRIVEN')
      refusals.push(
        invalid(
          ['cloud'],
          'recorded',
          say('只有登记型资源池有归属和迁移计划', 'Only a recorded pool has an owner and a migration plan'),
        ),
      );
    if (form.cloud.migrationPlan !== null) text(['cloud', 'migrationPlan'], form.cloud.migrationPlan, 1, PLAN_MAX);
    if (form.cloud.migrationTarget !== null && !isDate(form.cloud.migrationTarget))
      refusals.push(
        invalid(['cloud', 'migrationTarget'], 'date', say('日期格式为 2027-06-30', 'A date like 2027-06-30')),
      );
    if (form.cloud.servers !== null) whole(['cloud', 'servers'], form.cloud.servers, 0, COUNT_MAX);
    if (form.cloud.rackUnits !== null) whole(['cloud', 'rackUnits'], form.cloud.rackUnits, 0, COUNT_MAX);
  }
  return refusals;
}

function checkAccelerators(
  accelerators: PoolForm['accelerators'],
  refusals: Refusal[],
  whole: (path: InputPath, value: number, min: number, max: number) => void,
): void {
  if (accelerators.length > ACCELERATOR_CLASSES_MAX)
    refusals.push(
      invalid(
        ['accelerators'],
        'count',
        say(`最多 ${ACCELERATOR_CLASSES_MAX} 类加速卡`, `At most ${ACCELERATOR_CLASSES_MAX} classes`),
      ),
    );
  const seen = new Set<string>();
  for (const [index, { name, count }] of accelerators.entries()) {
    if (!isAcceleratorName(name))
      refusals.push(
        invalid(
          ['accelerators', String(index), 'name'],
          'acceleratorName',
          say(
            '大写字母、数字和连字符，最长 24 位，如 ASCEND-910B',
            'Capital letters, digits and hyphens, up to 24, e.g. ASCEND-910B',
          ),
        ),
      );
    if (seen.has(name))
      refusals.push(invalid(['accelerators', String(index), 'name'], 'twice', say('同一类出现两次', 'Named twice')));
    seen.add(name);
    whole(['accelerators', String(index), 'count'], count, 0, COUNT_MAX);
  }
}

export function checkNewPool(form: NewPoolForm): Refusal[] {
  return [...(isFacilityCode(form.code) ? [] : [badCode()]), ...checkPoolForm(form.kind, form)];
}

export function badCode(): Refusal {
  return invalid(
    ['code'],
    'code',
    say(
      '编码为小写字母、数字和连字符，以字母开头，最长 40 位',
      'Lower-case letters, digits and hyphens, a letter first, up to 40',
    ),
  );
}

/** A person's size as the promise is reckoned from it. */
export function sizeOf(size: SizeForm, accelerators: PoolForm['accelerators']): PoolSize {
  return {
    nodes: size.nodes,
    vcpu: size.vcpu,
    memoryMib: size.memoryMib,
    storageGib: { SSD: size.ssdGib, HDD: size.hddGib },
    accelerators: Object.fromEntries(accelerators.map(({ name, count }) => [name, count])),
  };
}

export function cloudOf(form: CloudForm, ownerDepartmentId: string): Cloud {
  return {
    kind: form.kind,
    ownerDepartmentId,
    migrationPlan: form.migrationPlan?.trim() ?? null,
    migrationTarget: form.migrationTarget,
    servers: form.servers,
    rackUnits: form.rackUnits,
  };
}

export interface WindowForm {
  readonly title: string;
  readonly reason: string;
  readonly fromAt: Date;
  readonly toAt: Date;
}

export interface MaintenanceForm extends WindowForm {
  readonly extent: PoolExtent;
  readonly nodes: number | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function checkWindow(form: WindowForm, now: Date): Refusal[] {
  const refusals: Refusal[] = [];
  for (const [field, max] of [
    ['title', MAINTENANCE_TITLE_MAX],
    ['reason', MAINTENANCE_REASON_MAX],
  ] as const) {
    const { length } = form[field].trim();
    if (length < 1 || length > max)
      refusals.push(invalid([field], 'length', say(`须为 1 至 ${max} 字`, `1 to ${max} characters`)));
  }
  if (!(form.toAt > form.fromAt))
    refusals.push(invalid(['toAt'], 'period', say('结束须晚于开始', 'The end comes after the beginning')));
  else if (form.toAt.getTime() - form.fromAt.getTime() > MAINTENANCE_DAYS_MAX * DAY_MS)
    refusals.push(
      invalid(['toAt'], 'period', say(`最长 ${MAINTENANCE_DAYS_MAX} 天`, `At most ${MAINTENANCE_DAYS_MAX} days`)),
    );
  if (!(form.toAt > now)) refusals.push(invalid(['toAt'], 'past', say('结束时间已过', 'The end has passed')));
  return refusals;
}

export function checkMaintenance(form: MaintenanceForm, poolNodes: number | null, now: Date): Refusal[] {
  const refusals = checkWindow(form, now);
  if (form.extent === 'WHOLE_POOL' && form.nodes !== null)
    refusals.push(invalid(['nodes'], 'wholePool', say('整池维护不填节点数', 'A whole pool names no nodes')));
  if (form.extent === 'POOL_NODES') {
    const { nodes } = form;
    if (nodes === null || !Number.isInteger(nodes) || nodes < 1)
      refusals.push(invalid(['nodes'], 'range', say('请填写节点数', 'Say how many nodes')));
    else if (poolNodes === null)
      refusals.push(
        invalid(
          ['nodes'],
          'unknown',
          say(
            '该资源池的节点数未知，只能整池维护',
            'The pool’s nodes are not counted: only the whole pool can be taken',
          ),
        ),
      );
    else if (nodes > poolNodes)
      refusals.push(
        invalid(['nodes'], 'range', say(`该资源池只有 ${poolNodes} 个节点`, `The pool has ${poolNodes} nodes only`)),
      );
  }
  return refusals;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function isDate(text: string): boolean {
  return DATE.test(text) && new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text;
}
