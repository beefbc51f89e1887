import { useTranslation } from 'react-i18next';
import { TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { type BandDraft, newBand } from './contract-draft';
import { RowEditor } from './RowEditor';

const SHARE_LONGEST = 20;
const BANDS_MAX = 5;

export type RuleDraft = { bands: BandDraft[]; cap: string; contractCap: string };

type Props = {
  rule: RuleDraft;
  errors: readonly FormError[];
  onChange: (change: Partial<RuleDraft>, field: string | null) => void;
};

/** 考核规则: below which availability how much of the month's fee goes, and at most how much. */
export function AssessmentRows({ rule, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <RowEditor
        field="assessment"
        title={t('contract.rule')}
        add={t('contract.addBand')}
        rows={rule.bands}
        max={BANDS_MAX}
        make={newBand}
        onChange={(bands) => onChange({ bands }, null)}
      >
        {(row, at, change) => (
          <>
            <TextBox
              field={`assessment.bands.${at}`}
              label={t('contract.bandBelow')}
              errors={errors}
              max={SHARE_LONGEST}
              value={row.below}
              onChange={(below) => change({ below })}
            />
            <TextBox
              field={`assessment.bands.${at}.deduct`}
              label={t('contract.bandDeduct')}
              errors={errors}
              max={SHARE_LONGEST}
              value={row.deduct}
              onChange={(deduct) => change({ deduct })}
            />
          </>
        )}
      </RowEditor>
      {rule.bands.length > 0 && (
        <>
          <TextBox
            field="assessment.cap"
            label={t('contract.cap')}
            errors={errors}
            max={SHARE_LONGEST}
            value={rule.cap}
            onChange={(cap) => onChange({ cap }, 'assessment.cap')}
          />
          <TextBox
            field="assessment.contractCap"
            label={t('contract.contractCap')}
            hint={t('contract.contractCapHint')}
            optional
            errors={errors}
            max={SHARE_LONGEST}
            value={rule.contractCap}
            onChange={(contractCap) => onChange({ contractCap }, 'assessment.contractCap')}
          />
        </>
      )}
    </>
  );
}
