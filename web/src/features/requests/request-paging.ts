import type { KeyPaging } from '../../lib/use-key-paging';

/** Where in its lines and its machines the page stands. */
export type RequestPaging = { lines: KeyPaging; machines: KeyPaging };

/** As many lines as a form holds, and as many machines: what one person reads at once. */
const PAGE_LINES = 20;

/** What the query and the events of a request are asked with. */
export const pageVariables = (id: string, { lines, machines }: RequestPaging) => ({
  id,
  first: PAGE_LINES,
  linesAfter: lines.after,
  machinesAfter: machines.after,
});
