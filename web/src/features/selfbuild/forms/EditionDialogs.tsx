import { useTranslation } from 'react-i18next';
import { BeginEditionDialog, EndDraftDialog } from '../../../ui/editions/EditionDialogs';
import { useOutcome } from '../../../ui/forms/use-outcome';
import {
  BeginSelfBuildDraftMutation,
  DiscardSelfBuildDraftMutation,
  PublishSelfBuildEditionMutation,
} from '../selfbuild.gql';

export function BeginDraftDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { busy, send } = useOutcome(BeginSelfBuildDraftMutation);
  return (
    <BeginEditionDialog
      words={{
        title: t('selfBuild.beginTitle'),
        text: t('selfBuild.beginText'),
        note: t('selfBuild.editionNote'),
        placeholder: t('selfBuild.notePlaceholder'),
        begin: t('selfBuild.begin'),
        began: t('selfBuild.began'),
      }}
      send={async (note) => (await send({ note })).errors}
      busy={busy}
      onClose={onClose}
    />
  );
}

type ActProps = { act: 'discard' | 'publish'; draft: { id: string; version: number }; onClose: () => void };

export function DraftActDialog({ act, draft, onClose }: ActProps) {
  const { t } = useTranslation();
  const discard = useOutcome(DiscardSelfBuildDraftMutation);
  const publish = useOutcome(PublishSelfBuildEditionMutation);
  const input = { id: draft.id, expectedVersion: draft.version };
  return (
    <EndDraftDialog
      words={{
        title: t(`selfBuild.${act}Title`),
        text: t(`selfBuild.${act}Text`),
        press: t(`selfBuild.${act}`),
        done: t(act === 'discard' ? 'selfBuild.discarded' : 'selfBuild.published'),
      }}
      danger={act === 'discard'}
      send={async () => (await (act === 'discard' ? discard.send(input) : publish.send(input))).errors}
      busy={discard.busy || publish.busy}
      onClose={onClose}
    />
  );
}
