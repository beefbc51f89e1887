import { Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { IntakeItemRow } from './intake.types.js';

/** Nothing enters the books of a department that was closed since the batch was handed in. */
@Injectable()
export class OpenDepartments {
  constructor(private readonly departments: DepartmentsService) {}

  /** One for each closed department, at its first entry. KEPT: the others are not closed before the transaction ends. */
  async objections(tx: Tx, items: readonly IntakeItemRow[], sight: 'KEPT' | 'SEEN'): Promise<Refusal[]> {
    const first = new Map(items.toReversed().map((item) => [item.departmentId, item]));
    const open = await this.departments.openAmong(tx, [...first.keys()], sight);
    return [...first].flatMap(([departmentId, item]): Refusal[] =>
      open.has(departmentId)
        ? []
        : [
            {
              code: 'UNKNOWN_REFERENCE',
              path: ['items', String(item.position), 'departmentId'],
              message: say(
                `“${item.name}”所属单位已关闭，不能纳管；请退回后改为承接其业务的单位`,
                `The department of "${item.name}" is closed; return the batch and name the one that goes on with its work`,
              ),
            },
          ],
    );
  }
}
