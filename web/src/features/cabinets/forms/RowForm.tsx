import { useTranslation } from 'react-i18next';
import type { RowOrientation } from '../../../graphql/enums';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { PageForm } from '../../../ui/forms/PageForm';
import { useDraft } from '../../../ui/forms/use-draft';
import { Panel } from '../../../ui/Panel';
import { kilograms } from '../components/use-cabinet-words';
import { missing, type RowDraft } from './place-draft';

const ORIENTATIONS: readonly RowOrientation[] = ['ACROSS', 'DOWN'];
/** As the server keeps them (cabinets/domain/cabinet). */
const [CODE_LENGTH_MAX, FLOOR_KILOGRAMS_MAX] = [40, 1_000_000];

type Props = {
  start: () => RowDraft;
  room: { widthTiles: number; depthTiles: number };
  /** What stands on the floor already; 0 = a new row. */
  weightGrams: number;
  busy: boolean;
  submit: string;
  onSend: (draft: RowDraft) => Promise<FormError[]>;
  onCancel: () => void;
};

export function RowForm({ start, room, weightGrams, busy, submit, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const form = useDraft(start, async (draft) => {
    const wrong = missing(draft, ['planX', 'planY'], t('racking.numberMissing'));
    return wrong.length > 0 ? wrong : onSend(draft);
  });
  const { draft, errors, change } = form;
  const tiles = (last: number) => t('racking.tileRange', { last: last - 1 });
  return (
    <PageForm {...form} busy={busy} submit={submit} onSubmit={form.submit} onCancel={onCancel}>
      <Panel title={t('racking.row')}>
        <div className="jy-fields-row">
          <TextBox
            field="code"
            label={t('racking.code')}
            errors={errors}
            max={CODE_LENGTH_MAX}
            value={draft.code}
            onChange={(code) => change({ code })}
          />
          <ChoiceBox
            field="orientation"
            label={t('racking.orientation')}
            errors={errors}
            value={draft.orientation}
            onChange={(orientation) => change({ orientation })}
            options={ORIENTATIONS.map((value) => ({ value, label: t(`racking.orientations.${value}`) }))}
          />
        </div>
        <div className="jy-fields-row">
          <NumberBox
            field="planX"
            label={t('racking.planX')}
            hint={tiles(room.widthTiles)}
            errors={errors}
            value={draft.planX}
            onChange={(planX) => change({ planX })}
          />
          <NumberBox
            field="planY"
            label={t('racking.planY')}
            hint={tiles(room.depthTiles)}
            errors={errors}
            value={draft.planY}
            onChange={(planY) => change({ planY })}
          />
        </div>
        <NumberBox
          field="floorKilograms"
          label={t('racking.floorLimit')}
          hint={weightGrams > 0 ? t('racking.floorNow', { weight: kilograms(weightGrams) }) : t('racking.floorHint')}
          errors={errors}
          optional
          decimals
          max={FLOOR_KILOGRAMS_MAX}
          suffix="kg"
          value={draft.floorKilograms}
          onChange={(floorKilograms) => change({ floorKilograms })}
        />
      </Panel>
    </PageForm>
  );
}
