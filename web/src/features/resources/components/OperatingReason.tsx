import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonBox } from '../../../ui/forms/fields';
import type { FormErrors } from '../../../ui/forms/use-form-errors';
import { useViewer } from '../../../ui/viewer-context';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

/** Whether the viewer operates everybody's machines, and not those of a department of his own. */
function useIsProvider(): boolean {
  const { permissions } = useViewer();
  return permissions.some((one) => one.object === 'RESOURCE' && one.action === 'OPERATE' && one.scope === 'PROVINCE');
}

export function useOperatingReason(form: FormErrors) {
  const { t } = useTranslation();
  const asked = useIsProvider();
  const [reason, setReason] = useState('');
  /** What is sent; null = it is asked for and missing, which the form then says. */
  const given = (): string | null => {
    if (!asked || reason.trim()) return reason.trim();
    form.refuse([{ field: 'reason', message: t('operate.reasonMissing') }]);
    return null;
  };
  const box = (
    <ReasonBox
      field="reason"
      label={t('operate.reason')}
      hint={asked ? t('operate.reasonHint') : undefined}
      optional={!asked}
      errors={form.errors}
      value={reason}
      max={REASON_LONGEST}
      rows={2}
      onChange={(value) => {
        setReason(value);
        form.changed('reason');
      }}
    />
  );
  return { given, box };
}
