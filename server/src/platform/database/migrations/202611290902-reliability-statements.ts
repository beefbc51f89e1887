import type { Migration } from '../migration.js';

/** 安全可靠情况说明 of systems; of those from before nothing is stated yet. */
export const reliabilityStatements: Migration = {
  id: '202611290902-reliability-statements',
  async up({ sql }) {
    await sql(`alter table government_system
      add column reliability_file_id char(36) character set ascii collate ascii_bin null after declaration_valid_until,
      add column reliability_valid_until date null after reliability_file_id,
      add column reliability_entries longtext null after reliability_valid_until`);
    await sql("update government_system set reliability_entries = '[]'");
    await sql('alter table government_system modify column reliability_entries longtext not null');
  },
};
