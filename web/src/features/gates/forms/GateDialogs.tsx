import { useTranslation } from 'react-i18next';
import { BeginEditionDialog, EndDraftDialog } from '../../../ui/editions/EditionDialogs';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { BeginGateDraftMutation, DiscardGateDraftMutation, PublishGateEditionMutation } from '../gates.gql';

export function BeginGateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(BeginGateDraftMutation);
  return (
    <BeginEditionDialog
      words={{
        title: t('gates.beginTitle'),
        text: t('gates.beginText'),
        note: t('gates.note'),
        placeholder: t('gates.notePlaceholder'),
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

export function GateActDialog({ act, draft, onClose }: ActProps) {
  const { t } = useTranslation();
  const discard = useOutcome(DiscardGateDraftMutation);
  const publish = useOutcome(PublishGateEditionMutation);
  const input = { id: draft.id, expectedVersion: draft.version };
  return (
    <EndDraftDialog
      words={{
        title: t(`gates.${act}Title`),
        text: t(`gates.${act}Text`),
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
