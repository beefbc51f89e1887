import type { GateSubject, LinkTarget } from '../../graphql/enums';
import { routes } from '../../lib/routes';

/** Where something is put right, as the server names it. */
export type Remedy = {
  linkTo: LinkTarget | 'BUDGET' | 'REQUEST' | 'PAPERS';
  subjectType: GateSubject | 'Budget';
  subjectId: string | null;
};

/** What the page of a system or a project is asked to open, and where one goes on afterwards. */
export const PUT = 'put';
export const BACK = 'back';

/** The address, which carries the way back to where the refusal was read; null = it is put right on this very page. */
export function remedyAddress({ linkTo, subjectId }: Remedy, here: string): string | null {
  const withBack = (path: string, put: string): string =>
    `${path}?${new URLSearchParams({ [PUT]: put, [BACK]: here }).toString()}`;
  if (linkTo === 'GATES') return routes.gates();
  if (subjectId === null) return null;
  switch (linkTo) {
    case 'SYSTEM_DECLARATION':
      return withBack(routes.system(subjectId), 'declaration');
    case 'SYSTEM_RELIABILITY':
      return withBack(routes.system(subjectId), 'reliability');
    case 'SYSTEM_RECORD':
    case 'SYSTEM_PAGE':
      return withBack(routes.system(subjectId), 'record');
    case 'PROJECT_RECORD':
      return withBack(routes.project(subjectId), 'record');
    case 'BUDGET':
      return withBack(routes.budget(subjectId), 'record');
    case 'REQUEST':
      return routes.request(subjectId);
    case 'PAPERS':
      return `${routes.request(subjectId)}?${new URLSearchParams({ [PUT]: 'papers' }).toString()}`;
    case 'EVALUATION':
      return routes.grade(subjectId);
    case 'REQUEST_FORM':
      return null;
  }
}
