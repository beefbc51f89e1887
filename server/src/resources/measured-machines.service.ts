import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface MeasuredMachineRow {
  readonly resourceId: string;
  readonly namespace: string;
  readonly name: string;
  readonly vcpu: number;
  readonly memoryMib: number;
}

/** Machines that a center's cluster can tell the use of: those that it runs, whoever made them. */
@Injectable()
export class MeasuredMachines {
  constructor(private readonly db: DataSource) {}

  async inCenter(centerId: string): Promise<MeasuredMachineRow[]> {
    const rows: { id: string; object_namespace: string; object_name: string; vcpu: number; memory_mib: number }[] =
      await this.db.query(
        `select id, object_namespace, object_name, coalesce(actual_vcpu, vcpu) as vcpu,
              coalesce(actual_memory_mib, memory_mib) as memory_mib
       from resource
       where center_id = ? and management <> 'RECORDED' and state in ('IN_USE', 'IN_BIN')
       order by object_namespace, object_name`,
        [centerId],
      );
    return rows.map((row) => ({
      resourceId: row.id,
      namespace: row.object_namespace,
      name: row.object_name,
      vcpu: Number(row.vcpu),
      memoryMib: Number(row.memory_mib),
    }));
  }
}
