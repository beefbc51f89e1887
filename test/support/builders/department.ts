import { type Department, departmentPath } from '../../../server/src/departments/domain/department.js';
import { newId } from '../../../server/src/platform/database/ids.js';

let made = 0;

/** A provincial department; under a parent, its bureau. */
export function department(more: Partial<Department> & { parent?: Department } = {}): Department {
  made += 1;
  const { parent, ...rest } = more;
  const code = more.code ?? `dep${made}`;
  return {
    id: newId(),
    name: `第${made}厅`,
    level: parent ? 'BUREAU' : 'PROVINCE',
    parentId: parent?.id ?? null,
    path: departmentPath(parent?.path ?? null, code),
    ...rest,
    code,
  };
}
