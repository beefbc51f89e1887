/** Decides who hears of objects without a record, and in which words. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';
import type { SeenObject } from './quarantine-pass.js';

type Named = Pick<SeenObject, 'objectKind' | 'objectNamespace' | 'objectName'> & { readonly id: string };
/** null = it stands in no department's namespace, and nobody is told. */
type Owned = Named & { readonly departmentId: string | null };

/** More names say no more; the list has all of them. */
const NAMES_TOLD = 3;
/** A notice is one sentence of 500 characters at most, names and all; the list has the whole reason. */
const REASON_TOLD = 100;

/** One alarm for what one look has found: after a restored backup it may be hundreds, and they are one piece of news. */
export function withoutRecord(centerName: string, objects: readonly Named[]): Notice {
  const names = objects
    .slice(0, NAMES_TOLD)
    .map(({ objectKind, objectName, objectNamespace }) => `${objectKind} ${objectNamespace}/${objectName}`)
    .join(', ');
  const more = objects.length > NAMES_TOLD;
  const id = objects[0]?.id ?? '';
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'QuarantinedObject', id },
    audience: {
      roles: [
        { role: 'FACILITY_ENGINEER', departmentId: null },
        { role: 'CAPACITY_ALLOCATOR', departmentId: null },
      ],
    },
    text: say(
      `${centerName}的集群中发现 ${objects.length} 个无账对象：${names}${more ? ' 等' : ''}，请核实`,
      `${objects.length} objects without a record in the cluster of ${centerName}: ${names}${more ? ' and others' : ''}; find out whose they are`,
    ),
    onceKey: `quarantine/${id}`,
  };
}

/** What the center decided of it, to the department in whose namespace it stands. */
export function wasDecided(object: Owned, did: Bilingual, reason: string): Notice | null {
  const why = reason.length > REASON_TOLD ? `${reason.slice(0, REASON_TOLD)}…` : reason;
  return toTheDepartment(
    object,
    say(
      `大数据中心处理了贵单位命名空间中的无账对象：${did.zh}。原因：${why}`,
      `The center decided on an object without a record in your namespace: ${did.en}. Reason: ${why}`,
    ),
    null,
  );
}

/** That the order was carried out: once a decision, however often somebody starts it again. */
export function wasHalted(object: Owned & { readonly decidedAt: Date | null }): Notice | null {
  const name = `${object.objectKind} ${object.objectNamespace}/${object.objectName}`;
  const isMachine = object.objectKind === 'VirtualMachine';
  return toTheDepartment(
    object,
    say(
      `按大数据中心的隔离决定，${name} ${isMachine ? '已停机，磁盘保留' : '已关闭，不再放通任何流量'}`,
      `By the center’s quarantine ${name} ${isMachine ? 'was stopped; its disk is kept' : 'was closed and opens nothing'}`,
    ),
    `quarantine/${object.id}/halted/${object.decidedAt?.getTime() ?? 0}`,
  );
}

function toTheDepartment({ departmentId, id }: Owned, text: Bilingual, onceKey: string | null): Notice | null {
  if (departmentId === null) return null;
  const roles = (['DEPARTMENT_HEAD', 'APPLICANT'] as const).map((role) => ({ role, departmentId }));
  return { kind: 'WORK_MOVED', subject: { type: 'QuarantinedObject', id }, audience: { roles }, text, onceKey };
}
