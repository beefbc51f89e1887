import { useCallback, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

/** Where a list stands: after which key, and the number of its first row. */
type KeyPage = { after: string | null; from: number };

export type KeyPaging = KeyPage & { next: (endCursor: string, shown: number) => void; previous: (() => void) | null };

type Trail = KeyPage[];
const FIRST: KeyPage = { after: null, from: 1 };

/**
 * Paging by key: it never skips or repeats a row when others are added meanwhile, but it knows only forward. The pages gone through
 * are kept in the history entry (it survives a reload); an address opened fresh leads back to the first page.
 * @param list tells one list of a page from another; '' = the page's own.
 */
export function useKeyPaging(list = ''): KeyPaging {
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const [afterName, fromName, trailName] = ['after', 'from', 'trail'].map((name) =>
    list ? `${list}-${name}` : name,
  ) as [string, string, string];
  const after = params.get(afterName);
  const from = after ? Math.max(1, Number.parseInt(params.get(fromName) ?? '', 10) || 1) : 1;
  const state = location.state as { [name: string]: Trail } | null;
  const trail: Trail = state?.[trailName] ?? (after ? [FIRST] : []);

  const go = useCallback(
    (page: KeyPage, nextTrail: Trail) => {
      const next = new URLSearchParams(params);
      next.delete(afterName);
      next.delete(fromName);
      if (page.after) {
        next.set(afterName, page.after);
        next.set(fromName, String(page.from));
      }
      void navigate({ search: next.toString() }, { state: { ...state, [trailName]: nextTrail } });
    },
    [params, navigate, state, afterName, fromName, trailName],
  );
  const last = trail.at(-1);
  return {
    after,
    from,
    next: (endCursor, shown) => go({ after: endCursor, from: from + shown }, [...trail, { after, from }]),
    previous: last ? () => go(last, trail.slice(0, -1)) : null,
  };
}

/** The same beside something that is opened over a list: it begins anew with what is opened, and the address stays the list's. */
export function useOwnPaging(of: string): KeyPaging {
  const [seen, setSeen] = useState<{ of: string; trail: Trail }>({ of, trail: [FIRST] });
  const trail = seen.of === of ? seen.trail : [FIRST];
  const { after, from } = trail.at(-1) ?? FIRST;
  return {
    after,
    from,
    next: (endCursor, shown) => setSeen({ of, trail: [...trail, { after: endCursor, from: from + shown }] }),
    previous: trail.length > 1 ? () => setSeen({ of, trail: trail.slice(0, -1) }) : null,
  };
}
