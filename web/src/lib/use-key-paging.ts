import { useCallback } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

/** Where a list stands: after which key, and the number of its first row. */
type KeyPage = { after: string | null; from: number };

export type KeyPaging = KeyPage & { next: (endCursor: string, shown: number) => void; previous: (() => void) | null };

type Trail = KeyPage[];
const FIRST: KeyPage = { after: null, from: 1 };

/**
 * Paging by key: it never skips or repeats a row when others are added meanwhile, but it knows only forward. The pages gone through
 * are kept in the history entry (it survives a reload); an address opened fresh leads back to the first page.
 */
export function useKeyPaging(): KeyPaging {
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const after = params.get('after');
  const from = after ? Math.max(1, Number.parseInt(params.get('from') ?? '', 10) || 1) : 1;
  const state = location.state as { trail?: Trail } | null;
  const trail: Trail = state?.trail ?? (after ? [FIRST] : []);

  const go = useCallback(
    (page: KeyPage, nextTrail: Trail) => {
      const next = new URLSearchParams(params);
      next.delete('after');
      next.delete('from');
      if (page.after) {
        next.set('after', page.after);
        next.set('from', String(page.from));
      }
      void navigate({ search: next.toString() }, { state: { trail: nextTrail } });
    },
    [params, navigate],
  );
  const last = trail.at(-1);
  return {
    after,
    from,
    next: (endCursor, shown) => go({ after: endCursor, from: from + shown }, [...trail, { after, from }]),
    previous: last ? () => go(last, trail.slice(0, -1)) : null,
  };
}
