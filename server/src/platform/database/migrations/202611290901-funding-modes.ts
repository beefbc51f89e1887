import type { Migration } from '../migration.js';

/** Who pays for what a project uses. Of projects from before nobody has said it: they go on as they were, nothing encumbered. */
export const fundingModes: Migration = {
  id: '202611290901-funding-modes',
  async up({ sql }) {
    await sql(`alter table project
      add column funding_mode varchar(20) character set ascii collate ascii_bin not null default 'CENTRAL' after filed_on,
      add constraint ck_project_funding check (funding_mode in ('CENTRAL', 'OWN_PAYS', 'CENTRAL_WITHIN_QUOTA'))`);
    await sql('alter table project alter column funding_mode drop default');
  },
};
