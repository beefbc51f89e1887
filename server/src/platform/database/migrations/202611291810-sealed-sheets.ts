import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';

/** Delivery sheets are printed in versions, sealed and scanned like the forms of requests, in the same tables. */
export const sealedSheets: Migration = {
  id: '202611291810-sealed-sheets',
  async up({ sql }) {
    await sql(
      `alter table request_form add column paper varchar(20) ${ASCII} not null default 'REQUEST_FORM' after request_id`,
    );
    await sql('alter table request_form add unique key uq_request_form_paper_number (request_id, paper, number)');
    await sql(
      'alter table request_form add unique key uq_request_form_paper_content (request_id, paper, content_hash)',
    );
    await sql('alter table request_form drop index uq_request_form_number');
    await sql('alter table request_form drop index uq_request_form_content');
    await sql(
      "alter table request_form add constraint ck_request_form_paper check (paper in ('REQUEST_FORM', 'DELIVERY_SHEET'))",
    );
  },
};
