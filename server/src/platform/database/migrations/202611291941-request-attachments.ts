import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** What an applicant lays beside a request: letters, technical plans. */
export const requestAttachments: Migration = {
  id: '202611291941-request-attachments',
  async up({ sql }) {
    await sql(`create table request_attachment (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      kind varchar(20) ${ASCII} not null,
      attached_at datetime(3) not null,
      attached_by varchar(100) not null,
      removed_at datetime(3) null,
      key ix_request_attachment_request (request_id, removed_at, id),
      constraint fk_request_attachment_request foreign key (request_id) references request (id) on delete restrict on update no action,
      constraint ck_request_attachment_kind check (kind in ('LETTER', 'TECHNICAL_PLAN', 'OTHER'))
    ) engine=InnoDB`);
  },
};
