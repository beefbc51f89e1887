import { useTranslation } from 'react-i18next';
import type { CabinetStatus } from '../../../graphql/enums';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { PageForm } from '../../../ui/forms/PageForm';
import { useDraft } from '../../../ui/forms/use-draft';
import { Panel } from '../../../ui/Panel';
import { type CabinetDraft, FRAME_NUMBERS, statusesFrom } from './cabinet-draft';
import { FrameFields } from './FrameFields';
import { missing } from './place-draft';

const CODE_LENGTH_MAX = 40;

type Props = {
  start: () => CabinetDraft;
  room: { widthTiles: number; depthTiles: number };
  status: CabinetStatus;
  busy: boolean;
  onSend: (draft: CabinetDraft) => Promise<FormError[]>;
  onCancel: () => void;
};

export function CabinetForm({ start, room, status, busy, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const form = useDraft(start, async (draft) => {
    const wrong = missing(draft, ['position', 'planX', 'planY', ...FRAME_NUMBERS], t('racking.numberMissing'));
    return wrong.length > 0 ? wrong : onSend(draft);
  });
  const { draft, errors, change } = form;
  return (
    <PageForm {...form} busy={busy} submit={t('racking.save')} onSubmit={form.submit} onCancel={onCancel}>
      <Panel title={t('racking.where')}>
        <div className="jy-fields-row">
          <TextBox
            field="code"
            label={t('racking.code')}
            errors={errors}
            max={CODE_LENGTH_MAX}
            value={draft.code}
            onChange={(code) => change({ code })}
          />
          <NumberBox
            field="position"
            label={t('racking.position')}
            errors={errors}
            min={1}
            value={draft.position}
            onChange={(position) => change({ position })}
          />
        </div>
        <div className="jy-fields-row">
          <NumberBox
            field="planX"
            label={t('racking.planX')}
            hint={t('racking.tileRange', { last: room.widthTiles - 1 })}
            errors={errors}
            value={draft.planX}
            onChange={(planX) => change({ planX })}
          />
          <NumberBox
            field="planY"
            label={t('racking.planY')}
            hint={t('racking.tileRange', { last: room.depthTiles - 1 })}
            errors={errors}
            value={draft.planY}
            onChange={(planY) => change({ planY })}
          />
        </div>
      </Panel>
      <FrameFields draft={draft} errors={errors} statuses={statusesFrom(status)} change={change} />
      <p className="jy-quiet-text">{t('racking.blockHint')}</p>
    </PageForm>
  );
}
