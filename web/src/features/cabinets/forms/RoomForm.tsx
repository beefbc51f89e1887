import { useTranslation } from 'react-i18next';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { PageForm } from '../../../ui/forms/PageForm';
import { useDraft } from '../../../ui/forms/use-draft';
import { Panel } from '../../../ui/Panel';
import { missing, type RoomDraft } from './place-draft';

/** As the server keeps them (cabinets/domain/cabinet). */
const [CODE_LENGTH_MAX, NAME_LENGTH_MAX, TILES_MAX] = [40, 60, 200];

type Props = {
  start: () => RoomDraft;
  busy: boolean;
  submit: string;
  onSend: (draft: RoomDraft) => Promise<FormError[]>;
  onCancel: () => void;
};

export function RoomForm({ start, busy, submit, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const form = useDraft(start, async (draft) => {
    const wrong = missing(draft, ['widthTiles', 'depthTiles'], t('racking.numberMissing'));
    return wrong.length > 0 ? wrong : onSend(draft);
  });
  const { draft, errors, change } = form;
  return (
    <PageForm {...form} busy={busy} submit={submit} onSubmit={form.submit} onCancel={onCancel}>
      <Panel title={t('racking.room')}>
        <div className="jy-fields-row">
          <TextBox
            field="code"
            label={t('racking.code')}
            hint={t('racking.codeHint')}
            errors={errors}
            max={CODE_LENGTH_MAX}
            value={draft.code}
            onChange={(code) => change({ code })}
          />
          <TextBox
            field="name"
            label={t('racking.name')}
            errors={errors}
            max={NAME_LENGTH_MAX}
            value={draft.name}
            onChange={(name) => change({ name })}
          />
        </div>
        <div className="jy-fields-row">
          <NumberBox
            field="widthTiles"
            label={t('racking.widthTiles')}
            hint={t('racking.tilesHint')}
            errors={errors}
            min={1}
            max={TILES_MAX}
            value={draft.widthTiles}
            onChange={(widthTiles) => change({ widthTiles })}
          />
          <NumberBox
            field="depthTiles"
            label={t('racking.depthTiles')}
            errors={errors}
            min={1}
            max={TILES_MAX}
            value={draft.depthTiles}
            onChange={(depthTiles) => change({ depthTiles })}
          />
        </div>
      </Panel>
    </PageForm>
  );
}
