import type { Migration } from '../migration.js';

/** A posting says of whose book it is: a city closes by itself, and its months say nothing about the province's. */
export const booksOfPostings: Migration = {
  id: '202611291991-books-of-postings',
  async up({ sql, auditSchema }) {
    await sql('alter table budget_posting add column city_id char(36) character set ascii collate ascii_bin null');
    await sql(`update budget_posting p join \`${auditSchema}\`.closed_document c on c.id = p.document_id
      set p.city_id = c.book where c.book <> 'PROVINCE'`);
  },
};
