import { Injectable } from '@nestjs/common';
import type { Bilingual } from '../kernel/bilingual.js';
import type { Tx } from '../platform/database/unit-of-work.js';

/** One kind of thing that keeps a department from being closed. */
export interface LiveInDepartment {
  /** Stable, e.g. "systems". */
  readonly key: string;
  /** e.g. 在用信息系统 */
  readonly name: Bilingual;
  /** How many there are, as this unit of work sees it. */
  count(tx: Tx, departmentId: string): Promise<number>;
}

/** What lives in departments. Later features register theirs when they start, so that departments know none of them. */
@Injectable()
export class DepartmentUse {
  private readonly registered = new Map<string, LiveInDepartment>();

  register(kind: LiveInDepartment): void {
    if (this.registered.has(kind.key)) throw new Error(`two kinds of things in departments are called ${kind.key}`);
    this.registered.set(kind.key, kind);
  }

  /** What there is, nothing left out that is above zero. */
  async of(tx: Tx, departmentId: string): Promise<{ readonly name: Bilingual; readonly count: number }[]> {
    const found: { name: Bilingual; count: number }[] = [];
    for (const kind of this.registered.values()) {
      const count = await kind.count(tx, departmentId);
      if (count > 0) found.push({ name: kind.name, count });
    }
    return found;
  }
}
