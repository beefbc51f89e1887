import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** An address as the machine that has it shows it, or as people wrote it down of a machine. */
export interface SeenAddress {
  readonly resourceId: string;
  readonly departmentId: string;
  readonly centerId: string;
  readonly zone: string;
  readonly address: string;
}

/** Which addresses machines have, for whoever compares them with what was claimed. */
@Injectable()
export class SeenAddresses {
  constructor(private readonly db: DataSource) {}

  /** Of all machines that have not ended and stand in a center; one statement. */
  async all(): Promise<SeenAddress[]> {
    const rows: Record<'id' | 'department_id' | 'center_id' | 'zone' | 'addresses', string>[] = await this.db.query(
      `select id, department_id, center_id, zone, addresses from resource
       where state <> 'RELEASED' and center_id is not null and addresses <> '[]'`,
    );
    return rows.flatMap((row) =>
      (JSON.parse(row.addresses) as string[]).map((address) => ({
        resourceId: row.id,
        departmentId: row.department_id,
        centerId: row.center_id,
        zone: row.zone,
        address,
      })),
    );
  }
}
