import { useTranslation } from 'react-i18next';
import type { CabinetStatus, NetworkZone, UnitNumbering } from '../../../graphql/enums';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { Panel } from '../../../ui/Panel';
import { kilowatts } from '../components/use-cabinet-words';
import { type FrameDraft, powerLimit } from './cabinet-draft';
import { RackTypeSelect } from './RackTypeSelect';

const NUMBERINGS: readonly UnitNumbering[] = ['ASCENDING', 'DESCENDING'];
const ZONES: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];

type NumberField = {
  [K in keyof FrameDraft]: FrameDraft[K] extends number | null ? K : never;
}[keyof FrameDraft];

type Props = {
  draft: FrameDraft;
  errors: readonly FormError[];
  statuses: readonly CabinetStatus[];
  change: (patch: Partial<FrameDraft>) => void;
};

/** Frame, supply, weight and use: the same for one cabinet and for many equal ones. */
export function FrameFields({ draft, errors, statuses, change }: Props) {
  const { t } = useTranslation();
  const number = (
    field: NumberField,
    suffix: string,
    more: { hint?: string; optional?: boolean; min?: number; max?: number; decimals?: boolean } = {},
  ) => (
    <NumberBox
      field={field}
      label={t(`racking.${field}`)}
      errors={errors}
      suffix={suffix}
      {...more}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
    />
  );
  const limit = powerLimit(draft);
  const feeds = [draft.feedAWatts, draft.feedBWatts].filter((feed) => feed !== null).length;
  return (
    <>
      <Panel title={t('racking.frame')}>
        <RackTypeSelect rackType={draft.rackType} errors={errors} change={change} />
        <div className="jy-fields-row">
          {number('heightUnits', 'U', { min: 1, max: 100 })}
          {number('startingUnit', '', { min: 1, max: 900 })}
          <ChoiceBox
            field="numbering"
            label={t('racking.numbering')}
            errors={errors}
            value={draft.numbering}
            onChange={(numbering) => change({ numbering })}
            options={NUMBERINGS.map((value) => ({ value, label: t(`racking.numberings.${value}`) }))}
          />
        </div>
        <div className="jy-fields-row">
          {number('widthMm', 'mm', { max: 3_000 })}
          {number('depthMm', 'mm', { max: 3_000 })}
        </div>
      </Panel>
      <Panel title={t('racking.supply')}>
        <div className="jy-fields-row">
          {number('feedAWatts', 'W', { optional: true })}
          {number('feedBWatts', 'W', { optional: true })}
          {number('deratingPercent', '%', { min: 1, max: 100 })}
        </div>
        <p className="jy-quiet-text" aria-live="polite">
          {limit === null
            ? t('racking.noFeed')
            : feeds === 1
              ? t('racking.oneFeed', { limit: kilowatts(limit) })
              : t('racking.twoFeeds', { limit: kilowatts(limit) })}
        </p>
      </Panel>
      <Panel title={t('racking.weightAndUse')}>
        <div className="jy-fields-row">
          {number('limitKilograms', 'kg', { decimals: true })}
          {number('ownKilograms', 'kg', { decimals: true })}
        </div>
        <div className="jy-fields-row">
          <ChoiceBox
            field="zone"
            label={t('resource.zone')}
            errors={errors}
            value={draft.zone}
            onChange={(zone) => change({ zone })}
            options={ZONES.map((value) => ({ value, label: t(`zone.${value}`) }))}
          />
          <ChoiceBox
            field="status"
            label={t('cabinet.statusTitle')}
            errors={errors}
            value={draft.status}
            onChange={(status) => change({ status })}
            options={statuses.map((value) => ({ value, label: t(`cabinet.status.${value}`) }))}
          />
        </div>
        <Field
          field="departmentId"
          label={t('cabinet.wholeDepartment')}
          hint={t('racking.departmentHint')}
          errors={errors}
          optional
        >
          {(control) => (
            <DepartmentSelect
              control={control}
              none={t('room.shared')}
              value={draft.departmentId}
              onChange={(departmentId) => change({ departmentId })}
            />
          )}
        </Field>
      </Panel>
    </>
  );
}
