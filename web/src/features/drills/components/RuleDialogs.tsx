import { useTranslation } from 'react-i18next';
import { BeginEditionDialog, EndDraftDialog } from '../../../ui/editions/EditionDialogs';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { BeginDrillRuleMutation, DiscardDrillRuleMutation, PublishDrillRuleMutation } from '../drills.gql';

export function BeginRuleDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { busy, send } = useOutcome(BeginDrillRuleMutation);
  return (
    <BeginEditionDialog
      words={{
        title: t('drill.ruleBegin'),
        text: t('drill.ruleBeginText'),
        note: t('drill.ruleNote'),
        placeholder: t('drill.ruleNotePlaceholder'),
        begin: t('drill.ruleBegin'),
        began: t('drill.ruleBegan'),
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
  const discard = useOutcome(DiscardDrillRuleMutation);
  const publish = useOutcome(PublishDrillRuleMutation);
  const input = { id: draft.id, expectedVersion: draft.version };
  const isEnd = act === 'discard';
  return (
    <EndDraftDialog
      words={{
        title: t(isEnd ? 'drill.ruleDiscard' : 'drill.rulePublish'),
        text: t(isEnd ? 'drill.ruleDiscardText' : 'drill.rulePublishText'),
        press: t(isEnd ? 'drill.ruleDiscard' : 'drill.rulePublish'),
        done: t(isEnd ? 'drill.ruleDiscarded' : 'drill.rulePublished'),
      }}
      danger={isEnd}
      send={async () => (await (isEnd ? discard.send(input) : publish.send(input))).errors}
      busy={discard.busy || publish.busy}
      onClose={onClose}
    />
  );
}
