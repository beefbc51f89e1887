import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { EDITION_NOTE_LONGEST } from '../../../ui/editions/EditionDialogs';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { AssumptionParts, SaveSelfBuildDraftMutation } from '../selfbuild.gql';
import type { Assumption, Edition } from '../selfbuild-words';

const SOURCES = ['PUBLIC', 'ASSUMED'] as const;
/** The server's own limit. */
const NOTE_LONGEST = 200;

/** The draft as its author changes it; what is still missing keeps it from being in force only. */
export function AssumptionForm({ edition }: { edition: Edition }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [note, setNote] = useState(edition.note);
  const [effectiveFrom, setEffectiveFrom] = useState(edition.effectiveFrom);
  const [rows, setRows] = useState<readonly Assumption[]>(readFragment(AssumptionParts, edition.assumptions));
  const { errors, refusals, refuse } = useFormErrors();
  const { busy, send } = useOutcome(SaveSelfBuildDraftMutation);
  const put = (key: Assumption['key'], patch: Partial<Assumption>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { errors: refused } = await send({
      ...{ id: edition.id, expectedVersion: edition.version, note: note.trim(), effectiveFrom },
      assumptions: rows.map(({ key, note: of, source, value }) => ({ key, source, note: of, value })),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('selfBuild.saved'));
  };
  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('selfBuild.draft')}>
        <div className="jy-fields-row">
          <Field field="note" label={t('selfBuild.editionNote')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                maxLength={EDITION_NOTE_LONGEST}
                placeholder={t('selfBuild.notePlaceholder')}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <Field field="effectiveFrom" label={t('selfBuild.effectiveFrom')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={effectiveFrom}
                onChange={(event) => setEffectiveFrom(event.target.value)}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel title={t('selfBuild.assumptions')}>
        {rows.map((row) => (
          <fieldset key={row.key} className="jy-self-build-fields">
            <legend>{t(`selfBuild.keys.${row.key}`)}</legend>
            <Field field={`assumptions.${row.key}.value`} label={t('selfBuild.value')} errors={errors}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  suffix={t(`selfBuild.units.${row.unit}`)}
                  value={row.value ?? ''}
                  onChange={(event) => put(row.key, { value: event.target.value || null })}
                />
              )}
            </Field>
            <Field field={`assumptions.${row.key}.source`} label={t('selfBuild.source')} errors={errors}>
              {(control) => (
                <Select
                  {...control}
                  value={row.source}
                  onChange={(source) => put(row.key, { source })}
                  options={SOURCES.map((value) => ({ value, label: t(`selfBuild.sources.${value}`) }))}
                />
              )}
            </Field>
            <Field field={`assumptions.${row.key}.note`} label={t('selfBuild.note')} errors={errors}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={NOTE_LONGEST}
                  value={row.note}
                  onChange={(event) => put(row.key, { note: event.target.value })}
                />
              )}
            </Field>
          </fieldset>
        ))}
      </Panel>
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('selfBuild.save')}
        </Button>
      </div>
    </form>
  );
}
