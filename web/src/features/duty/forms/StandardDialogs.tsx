import { useTranslation } from 'react-i18next';
import { BeginEditionDialog, EndDraftDialog } from '../../../ui/editions/EditionDialogs';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { BeginStandardMutation, DiscardStandardMutation, PublishStandardMutation } from '../plans.gql';

export function BeginStandardDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { busy, send } = useOutcome(BeginStandardMutation);
  return (
    <BeginEditionDialog
      words={{
        title: t('standardChange.begin'),
        text: t('standardChange.beginText'),
        note: t('standardChange.note'),
        placeholder: t('standardChange.notePlaceholder'),
        begin: t('standardChange.begin'),
        began: t('standardChange.began'),
      }}
      send={async (note) => (await send({ note })).errors}
      busy={busy}
      onClose={onClose}
    />
  );
}

type ActProps = { act: 'discard' | 'publish'; draft: { id: string; version: number }; onClose: () => void };

export function StandardActDialog({ act, draft, onClose }: ActProps) {
  const { t } = useTranslation();
  const discard = useOutcome(DiscardStandardMutation);
  const publish = useOutcome(PublishStandardMutation);
  const input = { id: draft.id, expectedVersion: draft.version };
  const isEnd = act === 'discard';
  return (
    <EndDraftDialog
      words={{
        title: t(`standardChange.${act}`),
        text: t(`standardChange.${act}Text`),
        press: t(`standardChange.${act}`),
        done: t(isEnd ? 'standardChange.discarded' : 'standardChange.published'),
      }}
      danger={isEnd}
      send={async () => (await (isEnd ? discard.send(input) : publish.send(input))).errors}
      busy={discard.busy || publish.busy}
      onClose={onClose}
    />
  );
}
