/** Decides who hears of objects without a record, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';
import type { SeenObject } from './quarantine-pass.js';

/** More names say no more; the list has all of them. */
const NAMES_TOLD = 3;

/** One alarm for what one look has found: after a restored backup it may be hundreds, and they are one piece of news. */
export function withoutRecord(
  centerName: string,
  objects: readonly (Pick<SeenObject, 'objectKind' | 'objectNamespace' | 'objectName'> & { readonly id: string })[],
): Notice {
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
