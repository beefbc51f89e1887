import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import type { KeptForm, PackageContent, RequestContent } from '../request-form.gql';
import { beginAgain, beginPackage } from './begin-again';
import { type Choices, FORM_LINES_MOST } from './line-draft';
import { ManyLinesAgain } from './ManyLinesAgain';
import { RequestForm } from './RequestForm';
import type { ChosenSystem, RequestDraft } from './request-draft';
import type { Begun } from './still-offered';
import { parseDraft } from './use-kept-draft';

type Props = {
  choices: Choices;
  /** The unfinished form that is gone on with. */
  kept: ResultOf<typeof KeptForm> | null;
  /** The request to begin like. */
  like: ResultOf<typeof RequestContent> | null;
  /** The package to begin with. */
  bundle: ResultOf<typeof PackageContent> | null;
  system: ChosenSystem | null;
  keptAs: string;
  start: () => RequestDraft;
  onKept: (formId: string) => void;
};

/** The form of a new request, filled in from wherever it begins: an unfinished form before all, then an old request or a package. */
export function NewForm({ choices, kept, like, bundle, system, keptAs, start, onKept }: Props) {
  const { t } = useTranslation();
  const [begun] = useState((): Begun => {
    const gone = kept && parseDraft(kept.form);
    if (gone) return { draft: gone, notes: [] };
    if (like) return beginAgain(like, choices, exactTime(new Date().toISOString()).slice(0, 10), t);
    if (bundle) return beginPackage(bundle, system, choices, t);
    return { draft: start(), notes: [] };
  });
  if (like && !kept && like.linePage.totalCount > FORM_LINES_MOST) return <ManyLinesAgain like={like} />;
  return (
    <RequestForm
      choices={choices}
      saved={null}
      keptAs={keptAs}
      kept={kept}
      notes={begun.notes}
      start={() => begun.draft}
      onKept={onKept}
    />
  );
}
