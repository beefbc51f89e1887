import { useTranslation } from 'react-i18next';
import type { CabinetStatus } from '../../../graphql/enums';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { PageForm } from '../../../ui/forms/PageForm';
import { useDraft } from '../../../ui/forms/use-draft';
import { Panel } from '../../../ui/Panel';
import { BATCH_MAX, type BatchDraft, codesOf, FRAME_NUMBERS } from './cabinet-draft';
import { FrameFields } from './FrameFields';
import { missing } from './place-draft';

const [PREFIX_LENGTH_MAX, DIGITS_MAX] = [36, 4];
/** A new cabinet is ready, or is yet to come. */
const STATUSES: readonly CabinetStatus[] = ['IN_SERVICE', 'PLANNED'];

type Props = {
  start: () => BatchDraft;
  busy: boolean;
  onSend: (draft: BatchDraft) => Promise<FormError[]>;
  onCancel: () => void;
};

/** One cabinet, or many equal ones side by side. */
export function BatchForm({ start, busy, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const form = useDraft(start, async (draft) => {
    const wrong = missing(draft, ['count', 'position', 'firstNumber', ...FRAME_NUMBERS], t('racking.numberMissing'));
    return wrong.length > 0 ? wrong : onSend(draft);
  });
  const { draft, errors, change } = form;
  const codes = codesOf(draft);
  const [first, last] = [codes[0], codes.at(-1)];
  return (
    <PageForm
      {...form}
      busy={busy}
      submit={t('racking.createCount', { count: codes.length })}
      onSubmit={form.submit}
      onCancel={onCancel}
    >
      <Panel title={t('racking.howMany')}>
        <div className="jy-fields-row">
          <NumberBox
            field="count"
            label={t('racking.count')}
            errors={errors}
            min={1}
            max={BATCH_MAX}
            value={draft.count}
            onChange={(count) => change({ count })}
          />
          <NumberBox
            field="position"
            label={t('racking.firstPosition')}
            errors={errors}
            min={1}
            value={draft.position}
            onChange={(position) => change({ position })}
          />
        </div>
        <div className="jy-fields-row">
          <TextBox
            field="prefix"
            label={t('racking.prefix')}
            errors={errors}
            max={PREFIX_LENGTH_MAX}
            value={draft.prefix}
            onChange={(prefix) => change({ prefix })}
          />
          <NumberBox
            field="firstNumber"
            label={t('racking.firstNumber')}
            errors={errors}
            value={draft.firstNumber}
            onChange={(firstNumber) => change({ firstNumber })}
          />
          <NumberBox
            field="digits"
            label={t('racking.digits')}
            errors={errors}
            min={1}
            max={DIGITS_MAX}
            value={draft.digits}
            onChange={(digits) => change({ digits: digits ?? 1 })}
          />
        </div>
        {first !== undefined && last !== undefined && (
          <p aria-live="polite">
            {first === last ? t('racking.codeWillBe', { first }) : t('racking.codesWillBe', { first, last })}
          </p>
        )}
      </Panel>
      <FrameFields draft={draft} errors={errors} statuses={STATUSES} change={change} />
    </PageForm>
  );
}
