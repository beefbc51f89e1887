import { useEffect, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { type Failure, failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { useDebounced } from '../../../lib/use-debounced';
import { PreviewFields, PreviewRequestQuery } from '../request-form.gql';
import type { Choices } from './line-draft';
import { previewableContent, type RequestDraft } from './request-draft';

/** Typing rests this long before cost and placement are asked again. */
const REST_MILLISECONDS = 300;

export type Preview = {
  result: ResultOf<typeof PreviewFields>;
  /** The form's line number of each previewed line: half-filled lines are left out. */
  lineNumbers: number[];
};

export type PreviewState = { preview: Preview | null; busy: boolean; failure: Failure | null };

/** Cost and placement of what is filled in so far. The last answer stays, marked busy, until the next one is here: typing is never held up. */
export function usePreview(draft: RequestDraft, choices: Choices, requestId: string | null): PreviewState {
  const rested = useDebounced(draft, REST_MILLISECONDS);
  const asked = useMemo(() => previewableContent(rested, choices), [rested, choices]);
  const variables = useMemo(
    () => ({
      input: { content: asked?.content ?? { systemId: '', projectId: '', purpose: '', lines: [] }, requestId },
    }),
    [asked, requestId],
  );
  const [{ data, error, fetching, stale }] = useQuery({
    query: PreviewRequestQuery,
    variables,
    pause: asked === null,
    requestPolicy: 'network-only',
  });
  const [last, setLast] = useState<Preview | null>(null);
  useEffect(() => {
    if (asked === null) setLast(null);
    else if (data && !fetching && !stale) {
      setLast({ result: readFragment(PreviewFields, data.previewRequest), lineNumbers: asked.lineNumbers });
    }
  }, [asked, data, fetching, stale]);
  return { preview: last, busy: fetching || rested !== draft, failure: error && !data ? failureOf(error) : null };
}
