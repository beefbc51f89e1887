import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { inAsciiList } from '../platform/database/unit-of-work.js';
import { ResourceEntity } from './resources.entity.js';

/** For features above: whom something concerns that happens where resources stand. */
@Injectable()
export class ResourceConcerns {
  constructor(private readonly db: DataSource) {}

  /** Of a whole center: each department and system that has something there now, once. */
  async in(centerId: string): Promise<{ readonly departmentId: string; readonly systemId: string }[]> {
    return this.db.query(
      `select distinct department_id as departmentId, system_id as systemId from resource
        where center_id = ? and live = 1 order by department_id, system_id`,
      [centerId],
    );
  }

  /** As people know them; what is not there is absent. */
  async byCodes(codes: readonly string[]): Promise<{ id: string; code: string; name: string }[]> {
    return this.db.manager.find(ResourceEntity, {
      ...{ where: { code: In(inAsciiList(codes) as string[]) }, select: { id: true, code: true, name: true } },
    });
  }
}
