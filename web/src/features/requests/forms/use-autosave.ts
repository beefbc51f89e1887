import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { uniqueId } from '../../../lib/unique-id';
import { useDebounced } from '../../../lib/use-debounced';
import { type KeptForm, SaveFormMutation } from '../request-form.gql';
import type { RequestDraft } from './request-draft';
import type { Saved } from './use-save-draft';

/** Typing rests this long before the form is kept on the server. */
const REST_MILLISECONDS = 1_500;

export type Kept = Pick<ResultOf<typeof KeptForm>, 'id' | 'version' | 'savedAt' | 'startKey'>;

export type Autosave = {
  /** none: nothing was changed yet. conflict: another window saved the same form. */
  state: 'none' | 'saving' | 'saved' | 'conflict' | 'failed';
  savedAt: string | null;
  message: string | null;
  formId: string | null;
  /** This window's content wins over the other's. */
  overwrite: () => void;
  /** The form is about to become a draft: nothing more is kept, and what is on its way has arrived. */
  hold: () => Promise<void>;
  /** It did not become one, or it did and is written on. */
  resume: (becameDraft: boolean) => void;
};

/** Keeps a half-filled form on the server while it is being written, each time over the version that this window saw last. */
export function useAutosave(
  draft: RequestDraft,
  touched: boolean,
  {
    kept,
    saved,
    onKept,
  }: {
    kept: Kept | null;
    saved: Saved | null;
    /** It is on the server. */
    onKept: (formId: string) => void;
  },
): Autosave {
  const { t } = useTranslation();
  const client = useClient();
  const rested = useDebounced(draft, REST_MILLISECONDS);
  const [startKey] = useState(() => kept?.startKey ?? uniqueId());
  const [formId, setFormId] = useState(kept?.id ?? null);
  const [shown, setShown] = useState<Pick<Autosave, 'state' | 'savedAt' | 'message'>>({
    state: kept ? 'saved' : 'none',
    savedAt: kept?.savedAt ?? null,
    message: null,
  });
  const version = useRef(kept?.version ?? 0);
  const newest = useRef(0);
  const running = useRef<Promise<void> | null>(null);
  const waiting = useRef<string | null>(null);
  const held = useRef(false);

  const send = useCallback(
    async (form: string) => {
      setShown((now) => ({ ...now, state: 'saving', message: null }));
      const input = {
        requestId: saved?.id ?? null,
        requestVersion: saved?.version ?? null,
        startKey,
        expectedVersion: version.current,
        form,
      };
      const result = await client.mutation(SaveFormMutation, { input });
      const answer = result.data?.outcome;
      if (answer?.unfinishedForm) {
        const { id, version: now, savedAt } = answer.unfinishedForm;
        version.current = now;
        setFormId(id);
        setShown({ state: 'saved', savedAt, message: null });
        onKept(id);
        return;
      }
      const failure = result.error && failureOf(result.error);
      const [refused] = answer ? userErrorsOf(answer.errors) : [];
      const conflict = refused?.__typename === 'VersionConflict';
      if (conflict) newest.current = refused.current;
      const message = refused?.message ?? (failure && 'message' in failure ? failure.message : t('failure.offline'));
      setShown((now) => ({ ...now, state: conflict ? 'conflict' : 'failed', message }));
      if (conflict) held.current = true;
    },
    [client, onKept, saved, startKey, t],
  );

  const keep = useCallback(
    (form: string) => {
      if (held.current) return;
      waiting.current = form;
      if (running.current !== null) return;
      const run = async () => {
        for (let next = waiting.current; next !== null && !held.current; next = waiting.current) {
          waiting.current = null;
          await send(next);
        }
      };
      running.current = run().finally(() => {
        running.current = null;
      });
    },
    [send],
  );

  const last = useRef<RequestDraft | null>(null);
  useEffect(() => {
    // Not while somebody types; and the same content once, also when the version of the draft that it stands beside moves.
    if (!touched || rested !== draft || last.current === rested) return;
    last.current = rested;
    keep(JSON.stringify(rested));
  }, [rested, draft, touched, keep]);

  return {
    ...shown,
    formId,
    overwrite: () => {
      version.current = newest.current;
      held.current = false;
      keep(JSON.stringify(draft));
    },
    hold: async () => {
      held.current = true;
      waiting.current = null;
      await running.current;
    },
    resume: (becameDraft) => {
      held.current = false;
      if (!becameDraft) return;
      version.current = 0;
      last.current = draft;
      setFormId(null);
      setShown({ state: 'none', savedAt: null, message: null });
    },
  };
}
