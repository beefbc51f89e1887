import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMode, RemoteMode } from '../../../graphql/enums';
import { Choose } from '../../../ui/forms/Choose';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { Choices, LineDraft } from './line-draft';

export const localModes: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
export const remoteModes: readonly RemoteMode[] = ['NONE', 'DATA', 'APPLICATION'];
const AS_REQUEST = '';
const BEST_FIT = '';

type Props = {
  line: LineDraft;
  at: (field: string) => string;
  choices: Choices;
  /** What the request says, for lines without their own. */
  modes: { localMode: LocalMode; remoteMode: RemoteMode };
  errors: readonly FormError[];
  onChange: (line: LineDraft) => void;
};

/** In which centers a line stands. Of one center it may be said which; modes of its own are tucked away, for few lines have any. */
export function PlaceFields({ line, at, choices, modes, errors, onChange }: Props) {
  const { t } = useTranslation();
  const own = line.localMode !== null || line.remoteMode !== null;
  const asked = errors.some(({ field }) => field === at('localMode') || field === at('remoteMode'));
  const [open, setOpen] = useState(own);
  const local = line.localMode ?? modes.localMode;
  return (
    <>
      {local === 'SINGLE' ? (
        <Field field={at('centerId')} label={t('requestForm.center')} errors={errors} optional>
          {(control) => (
            <Choose
              {...control}
              className="jy-full"
              value={line.centerId ?? BEST_FIT}
              onChange={(centerId: string) => onChange({ ...line, centerId: centerId || null })}
              options={[
                { value: BEST_FIT, label: t('requestLine.bestFit') },
                ...choices.centers
                  .filter((center) => center.role !== 'RECOVERY')
                  .map((center) => ({
                    value: center.id,
                    disabled: center.life !== 'IN_SERVICE' && center.life !== 'TRIAL',
                    label: <CenterMark role={center.role} name={center.name} />,
                  })),
              ]}
            />
          )}
        </Field>
      ) : (
        <p className="jy-hint" id={`${at('centerId')}-twins`}>
          {t('requestLine.twins')}
        </p>
      )}
      <details
        className="jy-more"
        open={open || asked}
        onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}
      >
        <summary>{t('requestLine.ownModes')}</summary>
        <div className="jy-fields-row">
          <ChoiceBox
            field={at('localMode')}
            label={t('requestLine.localMode')}
            errors={errors}
            value={line.localMode ?? AS_REQUEST}
            onChange={(value) =>
              onChange({
                ...line,
                localMode: value || null,
                centerId: (value || modes.localMode) === 'SINGLE' ? line.centerId : null,
              })
            }
            options={[
              { value: AS_REQUEST, label: t('requestLine.asRequest', { mode: t(`localMode.${modes.localMode}`) }) },
              ...localModes.map((value) => ({ value, label: t(`localMode.${value}`) })),
            ]}
          />
          <ChoiceBox
            field={at('remoteMode')}
            label={t('requestLine.remoteMode')}
            errors={errors}
            value={line.remoteMode ?? AS_REQUEST}
            onChange={(value) => onChange({ ...line, remoteMode: value || null })}
            options={[
              { value: AS_REQUEST, label: t('requestLine.asRequest', { mode: t(`remoteMode.${modes.remoteMode}`) }) },
              ...remoteModes.map((value) => ({ value, label: t(`remoteMode.${value}`) })),
            ]}
          />
        </div>
      </details>
    </>
  );
}
