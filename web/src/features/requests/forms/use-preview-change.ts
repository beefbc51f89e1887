import { useEffect, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { type Failure, failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { useDebounced } from '../../../lib/use-debounced';
import { PreviewChangeQuery } from '../change.gql';
import { PreviewFields } from '../request-form.gql';
import type { ChangeInput } from './change-draft';

/** Typing rests this long before cost and room are asked again. */
const REST_MILLISECONDS = 300;
/** The reason is asked for at the end; what it would come to is told before. */
const NO_REASON_YET = '…';

/** How many machines are restarted for their new size, and how many get it while they run. */
export type ResizeWays = { restartCount: number; liveCount: number };
export type ChangePreview = { result: ResultOf<typeof PreviewFields>; ways: ResizeWays };
export type ChangePreviewState = { preview: ChangePreview | null; busy: boolean; failure: Failure | null };

/** What the change would cost more or less, and whether there is room. Nothing is asked while nothing changes. */
export function usePreviewChange(content: ChangeInput, requestId: string | null): ChangePreviewState {
  const text = JSON.stringify({ ...content, purpose: content.purpose.trim() || NO_REASON_YET });
  const rested = useDebounced(text, REST_MILLISECONDS);
  const asked = useMemo(() => JSON.parse(rested) as ChangeInput, [rested]);
  const nothing = asked.lines.length === 0;
  const [{ data, error, fetching, stale }] = useQuery({
    query: PreviewChangeQuery,
    variables: useMemo(() => ({ input: { content: asked, requestId } }), [asked, requestId]),
    pause: nothing,
    requestPolicy: 'network-only',
  });
  const [last, setLast] = useState<ChangePreview | null>(null);
  useEffect(() => {
    if (nothing) setLast(null);
    else if (data && !fetching && !stale) {
      const { preview, restartCount, liveCount } = data.previewChange;
      setLast({ result: readFragment(PreviewFields, preview), ways: { restartCount, liveCount } });
    }
  }, [nothing, data, fetching, stale]);
  return {
    preview: last,
    busy: !nothing && (fetching || rested !== text),
    failure: error && !data ? failureOf(error) : null,
  };
}
