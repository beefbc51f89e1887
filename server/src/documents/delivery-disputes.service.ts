import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList } from '../platform/database/unit-of-work.js';

/** While the delivery of a resource is objected to; null = nobody has answered yet. */
export interface DeliveryDispute {
  readonly resourceId: string;
  readonly from: Date;
  readonly to: Date | null;
}

/** Objections as metering reads them: of what is objected to nothing is charged until the center has answered. */
@Injectable()
export class DeliveryDisputes {
  constructor(private readonly db: DataSource) {}

  /** Of these resources, in the order in which they were raised. */
  async of(resourceIds: readonly string[]): Promise<DeliveryDispute[]> {
    const rows: { resource_id: string; raised_at: Date; answered_at: Date | null }[] = await this.db.query(
      'select resource_id, raised_at, answered_at from delivery_objection where resource_id in (?) order by raised_at, id',
      [inList(resourceIds)],
    );
    return rows.map((row) => ({ resourceId: row.resource_id, from: row.raised_at, to: row.answered_at }));
  }
}
