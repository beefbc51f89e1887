import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readUrlState, type UrlSpec, type UrlValues, writeUrlState } from './url-state';

/** The page's choices, read from and written to the URL. The spec must be a constant outside the component. */
export function useUrlState<S extends UrlSpec>(spec: S): [UrlValues<S>, (patch: Partial<UrlValues<S>>) => void] {
  const [params, setParams] = useSearchParams();
  const values = useMemo(() => readUrlState(spec, params), [spec, params]);
  // Replaced, not pushed: Back leaves the list instead of undoing one keystroke.
  const change = useCallback(
    (patch: Partial<UrlValues<S>>) =>
      setParams((now) => writeUrlState(spec, now, patch), { replace: true, preventScrollReset: true }),
    [spec, setParams],
  );
  return [values, change];
}
