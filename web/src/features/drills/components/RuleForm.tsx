import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { EDITION_NOTE_LONGEST } from '../../../ui/editions/EditionDialogs';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { NumberBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { type DrillRule, SaveDrillRuleMutation } from '../drills.gql';
import { drillKinds } from './PlanDialog';

type Line = DrillRule['lines'][number];
/** The server's own limits. */
const EVERY_DAYS_MIN = 7;
const EVERY_DAYS_MAX = 1_095;
const RECTIFY_DAYS_MAX = 365;
/** What a kind begins with that was not due before. */
const USUAL = { everyDays: 180, warnDays: 30, onlyProtected: true } as const;

/** The draft as its author changes it: of each kind whether it is due, of whom, and how often. */
export function RuleForm({ edition }: { edition: DrillRule }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [note, setNote] = useState(edition.note);
  const [effectiveFrom, setEffectiveFrom] = useState(edition.effectiveFrom);
  const [rectifyDays, setRectifyDays] = useState<number | null>(edition.rectifyDays);
  const [lines, setLines] = useState<readonly Line[]>(edition.lines);
  const { errors, refusals, refuse } = useFormErrors();
  const { busy, send } = useOutcome(SaveDrillRuleMutation);
  const put = (kind: Line['kind'], patch: Partial<Line>) =>
    setLines(lines.map((line) => (line.kind === kind ? { ...line, ...patch } : line)));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { errors: refused } = await send({
      ...{ id: edition.id, expectedVersion: edition.version, note: note.trim(), effectiveFrom },
      rectifyDays: rectifyDays ?? 0,
      lines: lines.map(({ everyDays, kind, onlyProtected, warnDays }) => ({
        ...{ everyDays, kind, onlyProtected, warnDays },
      })),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('drill.saved'));
  };
  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('drill.ruleDraft')}>
        <div className="jy-fields-row">
          <Field field="note" label={t('drill.ruleNote')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                maxLength={EDITION_NOTE_LONGEST}
                placeholder={t('drill.ruleNotePlaceholder')}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <Field field="effectiveFrom" label={t('drill.ruleEffectiveFrom')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={effectiveFrom}
                onChange={(event) => setEffectiveFrom(event.target.value)}
              />
            )}
          </Field>
          <NumberBox
            field="rectifyDays"
            label={t('drill.ruleRectify')}
            errors={errors}
            min={1}
            max={RECTIFY_DAYS_MAX}
            suffix={t('drill.dayUnit')}
            value={rectifyDays}
            onChange={setRectifyDays}
          />
        </div>
        {drillKinds.map((kind) => {
          const line = lines.find((one) => one.kind === kind);
          return (
            <fieldset key={kind} className="jy-drill-rule">
              <legend>
                <Checkbox
                  checked={line !== undefined}
                  onChange={({ target: { checked } }) =>
                    setLines(checked ? [...lines, { kind, ...USUAL }] : lines.filter((one) => one.kind !== kind))
                  }
                >
                  {t(`drill.kind.${kind}`)}
                </Checkbox>
              </legend>
              {line && (
                <div className="jy-fields-row">
                  <NumberBox
                    field={`lines.${kind}.everyDays`}
                    label={t('drill.ruleEvery')}
                    hint={t('drill.ruleEveryHint', { min: EVERY_DAYS_MIN, max: count(EVERY_DAYS_MAX) })}
                    errors={errors}
                    min={EVERY_DAYS_MIN}
                    max={EVERY_DAYS_MAX}
                    suffix={t('drill.dayUnit')}
                    value={line.everyDays}
                    onChange={(everyDays) => put(kind, { everyDays: everyDays ?? EVERY_DAYS_MIN })}
                  />
                  <NumberBox
                    field={`lines.${kind}.warnDays`}
                    label={t('drill.ruleWarn')}
                    hint={t('drill.ruleWarnHint')}
                    errors={errors}
                    min={0}
                    max={line.everyDays - 1}
                    suffix={t('drill.dayUnit')}
                    value={line.warnDays}
                    onChange={(warnDays) => put(kind, { warnDays: warnDays ?? 0 })}
                  />
                  <Checkbox
                    checked={line.onlyProtected}
                    onChange={({ target: { checked } }) => put(kind, { onlyProtected: checked })}
                  >
                    {t('drill.ruleOnlyProtected')}
                  </Checkbox>
                </div>
              )}
            </fieldset>
          );
        })}
      </Panel>
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('drill.ruleSave')}
        </Button>
      </div>
    </form>
  );
}
