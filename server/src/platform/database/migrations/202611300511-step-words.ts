import type { Migration } from '../migration.js';

/** What the console says of steps, sides and drills is kept in English beside the Chinese; rows of before have none and are read as they were written. */
export const stepWords: Migration = {
  id: '202611300511-step-words',
  async up({ sql }) {
    await sql('alter table dr_execution add column if not exists paused_why_en varchar(500) null');
    await sql('alter table dr_step add column if not exists instruction_en varchar(2000) null');
    await sql('alter table dr_step add column if not exists problem_en varchar(1000) null');
    await sql('alter table dr_returning_side add column if not exists problem_en varchar(500) null');
    await sql('alter table dr_drill add column if not exists trouble_en varchar(500) null');
    await sql('alter table dr_drill add column if not exists abort_reason_en varchar(500) null');
    await sql('alter table dr_drill_item add column if not exists note_en varchar(500) null');
    await sql('alter table dr_drill_machine add column if not exists trouble_en varchar(500) null');
  },
};
