import { useTranslation } from 'react-i18next';
import { BeginEditionDialog, EndDraftDialog } from '../../../ui/editions/EditionDialogs';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { BeginChainDraftMutation, DiscardChainDraftMutation, PublishChainEditionMutation } from '../approvals.gql';

export function BeginDraftDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(BeginChainDraftMutation);
  return (
    <BeginEditionDialog
      words={{
        title: t('chains.beginTitle'),
        text: t('chains.beginText'),
        note: t('chains.note'),
        placeholder: t('chains.notePlaceholder'),
        begin: t('chains.begin'),
        began: t('chains.began'),
      }}
      send={async (note) => (await send({ note })).errors}
      busy={busy}
      onClose={onClose}
    />
  );
}

type ActProps = { act: 'discard' | 'publish'; draft: { id: string; version: number }; onClose: () => void };

export function EditionActDialog({ act, draft, onClose }: ActProps) {
  const { t } = useTranslation();
  const discard = useOutcome(DiscardChainDraftMutation);
  const publish = useOutcome(PublishChainEditionMutation);
  const input = { id: draft.id, expectedVersion: draft.version };
  return (
    <EndDraftDialog
      words={{
        title: t(`chains.${act}Title`),
        text: t(`chains.${act}Text`),
        press: t(`chains.${act}`),
        done: t(act === 'discard' ? 'chains.discarded' : 'chains.published'),
      }}
      danger={act === 'discard'}
      send={async () => (await (act === 'discard' ? discard.send(input) : publish.send(input))).errors}
      busy={discard.busy || publish.busy}
      onClose={onClose}
    />
  );
}
