import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const MONTH = 'char(7) character set ascii collate ascii_bin';

/** How much was in use, beside what it cost: a unit's cost is asked for without reading a year's lines. */
export const costVcpu: Migration = {
  id: '202611300021-cost-vcpu',
  async up({ sql }) {
    await sql(`create table cost_vcpu (
      month ${MONTH} not null,
      position int unsigned not null,
      department_id ${ID} not null,
      center_id ${ID} null,
      vcpu_seconds bigint not null,
      primary key (month, position)
    ) engine=InnoDB`);
  },
};
