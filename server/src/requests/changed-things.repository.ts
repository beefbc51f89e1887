import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RequestLineEntity } from './requests.entity.js';
import type { RequestLineRow } from './requests.types.js';

/** Lines of servers and places that their system has, as changes see them. */
@Injectable()
export class ChangedThingsRepository {
  constructor(private readonly db: DataSource) {}

  /** By name. What was given back wholly is left out where its line says so. */
  async running(systemId: string): Promise<RequestLineRow[]> {
    return this.db.manager
      .createQueryBuilder(RequestLineEntity, 'l')
      .innerJoin('l.request', 'r')
      .where("r.systemId = :systemId and r.nature = 'NEW' and r.state in ('PROVISIONING', 'DELIVERED')", { systemId })
      .andWhere("l.kind in ('SERVER', 'CABINET') and l.fulfilledAt is not null and l.endedAt is null")
      .orderBy('l.name')
      .addOrderBy('l.id')
      .getMany();
  }
}
