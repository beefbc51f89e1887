import { useTranslation } from 'react-i18next';
import { BeginEditionDialog, EndDraftDialog } from '../../../ui/editions/EditionDialogs';
import { useOutcome } from '../../../ui/forms/use-outcome';
import {
  BeginPerformanceDraftMutation,
  DiscardPerformanceDraftMutation,
  PublishPerformanceEditionMutation,
} from '../rules.gql';

export function BeginRuleDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(BeginPerformanceDraftMutation);
  return (
    <BeginEditionDialog
      words={{
        title: t('performance.draftTitle'),
        text: t('performance.draftText'),
        note: t('gates.note'),
        placeholder: t('performance.draftPlaceholder'),
        begin: t('gates.begin'),
        began: t('gates.began'),
      }}
      send={async (note) => (await send({ note })).errors}
      busy={busy}
      onClose={onClose}
    />
  );
}

type ActProps = { act: 'discard' | 'publish'; draft: { id: string; version: number }; onClose: () => void };

export function RuleActDialog({ act, draft, onClose }: ActProps) {
  const { t } = useTranslation();
  const discard = useOutcome(DiscardPerformanceDraftMutation);
  const publish = useOutcome(PublishPerformanceEditionMutation);
  const input = { id: draft.id, expectedVersion: draft.version };
  return (
    <EndDraftDialog
      words={{
        title: t(`gates.${act}Title`),
        text: t(act === 'publish' ? 'performance.publishText' : 'gates.discardText'),
        press: t(`gates.${act}`),
        done: t(act === 'discard' ? 'gates.discarded' : 'gates.published'),
      }}
      danger={act === 'discard'}
      send={async () => (await (act === 'discard' ? discard.send(input) : publish.send(input))).errors}
      busy={discard.busy || publish.busy}
      onClose={onClose}
    />
  );
}
