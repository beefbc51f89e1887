import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DutyImpact, DutyUrgency } from '../../../graphql/enums';
import { EDITION_NOTE_LONGEST } from '../../../ui/editions/EditionDialogs';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { type Catalog, SaveStandardMutation, type StandardEntry } from '../plans.gql';

/** The server's own limits. */
const LONGEST = { key: 20, title: 120, text: 2_000 };
const MINUTES_MAX = 480;
const SUBJECTS_MAX = 200;
const ENTRIES_MAX = 100;
const impacts: readonly DutyImpact[] = ['SEVERAL', 'ONE'];
const urgencies: readonly DutyUrgency[] = ['MEDIUM', 'LOW'];

type Line = StandardEntry & { readonly at: number };
const blank = {
  title: '',
  plan: '',
  rollbackPlan: '',
  impact: 'ONE',
  urgency: 'LOW',
  maxMinutes: 60,
  maxSubjects: 1,
} as const;

/** The draft as its author changes it: each entry whole, with its steps and its way back. */
export function StandardForm({ catalog }: { catalog: Catalog }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [note, setNote] = useState(catalog.note);
  const [lines, setLines] = useState<readonly Line[]>(() => catalog.entries.map((entry, at) => ({ ...entry, at })));
  const { errors, refusals, refuse } = useFormErrors();
  const { busy, send } = useOutcome(SaveStandardMutation);
  const put = (at: number, patch: Partial<StandardEntry>) =>
    setLines(lines.map((line) => (line.at === at ? { ...line, ...patch } : line)));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { errors: refused } = await send({
      ...{ id: catalog.id, expectedVersion: catalog.version, note: note.trim() },
      entries: lines.map(({ at: _, ...entry }) => ({ ...entry, key: entry.key.trim().toUpperCase() })),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('standardChange.saved'));
  };
  const next = Math.max(0, ...lines.map(({ at }) => at)) + 1;
  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('standardChange.draft')}>
        <Field field="note" label={t('standardChange.note')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={EDITION_NOTE_LONGEST}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {lines.map((line, n) => (
          <EntryFields
            key={line.at}
            line={line}
            number={n + 1}
            onChange={(patch) => put(line.at, patch)}
            onRemove={() => setLines(lines.filter(({ at }) => at !== line.at))}
          />
        ))}
        <Button
          disabled={lines.length >= ENTRIES_MAX}
          onClick={() =>
            setLines([...lines, { ...blank, key: `BZ-${String(lines.length + 1).padStart(2, '0')}`, at: next }])
          }
        >
          {t('standardChange.add')}
        </Button>
      </Panel>
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('standardChange.save')}
        </Button>
      </div>
    </form>
  );
}

type EntryProps = {
  line: Line;
  number: number;
  onChange: (patch: Partial<StandardEntry>) => void;
  onRemove: () => void;
};

/** What is wrong with the draft is listed above it, by the entry's code. */
function EntryFields({ line, number, onChange, onRemove }: EntryProps) {
  const { t } = useTranslation();
  const field = (name: string) => ({ field: `entries.${line.at}.${name}`, errors: [] });
  return (
    <fieldset className="jy-drill-rule jy-plan-entry">
      <legend>{line.title || t('standardChange.entry', { n: number })}</legend>
      <div className="jy-fields-row">
        <TextBox
          {...field('key')}
          label={t('standardChange.key')}
          max={LONGEST.key}
          value={line.key}
          onChange={(key) => onChange({ key })}
        />
        <TextBox
          {...field('title')}
          label={t('desk.title')}
          max={LONGEST.title}
          value={line.title}
          onChange={(title) => onChange({ title })}
        />
      </div>
      <div className="jy-fields-row">
        <ChoiceBox
          {...field('impact')}
          label={t('desk.impact')}
          value={line.impact}
          options={impacts.map((value) => ({ value, label: t(`desk.impacts.${value}`) }))}
          onChange={(impact) => onChange({ impact })}
        />
        <ChoiceBox
          {...field('urgency')}
          label={t('desk.urgency')}
          value={line.urgency}
          options={urgencies.map((value) => ({ value, label: t(`desk.urgencies.${value}`) }))}
          onChange={(urgency) => onChange({ urgency })}
        />
        <NumberBox
          {...field('maxMinutes')}
          label={t('standardChange.maxMinutes')}
          hint={t('standardChange.maxMinutesHint', { max: MINUTES_MAX })}
          min={1}
          max={MINUTES_MAX}
          suffix={t('standardChange.minuteUnit')}
          value={line.maxMinutes}
          onChange={(maxMinutes) => onChange({ maxMinutes: maxMinutes ?? 1 })}
        />
        <NumberBox
          {...field('maxSubjects')}
          label={t('standardChange.maxSubjects')}
          hint={t('standardChange.maxSubjectsHint')}
          min={0}
          max={SUBJECTS_MAX}
          value={line.maxSubjects}
          onChange={(maxSubjects) => onChange({ maxSubjects: maxSubjects ?? 0 })}
        />
      </div>
      {(['plan', 'rollbackPlan'] as const).map((name) => (
        <ReasonBox
          key={name}
          {...field(name)}
          label={t(`desk.${name}`)}
          max={LONGEST.text}
          value={line[name]}
          onChange={(text) => onChange({ [name]: text })}
        />
      ))}
      <Button danger type="text" onClick={onRemove} aria-label={t('standardChange.removeNamed', { key: line.key })}>
        {t('standardChange.remove')}
      </Button>
    </fieldset>
  );
}
