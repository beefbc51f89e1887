import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { urlText } from '../../../lib/url-state';
import { useDebounced } from '../../../lib/use-debounced';
import { useUrlState } from '../../../lib/use-url-state';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { PersonPicker } from '../components/PersonPicker';
import { HandOverMutation, HandOverPeopleQuery, HandOverPreviewQuery, PersonOption } from '../people.gql';

const REST_MILLISECONDS = 250;
const REASON_LONGEST = 200;
const spec = { from: urlText() };

type Counts = readonly { key: string; name: string; count: number }[];
type Done = { from: string; to: string; moved: Counts; left: boolean };

/** 工作交接: one person, one successor, everything or nothing. */
export function HandOverPage() {
  const { t } = useTranslation();
  const [{ from }, setFrom] = useUrlState(spec);
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), REST_MILLISECONDS);
  const [{ data, error, fetching }, ask] = useQuery({
    query: HandOverPeopleQuery,
    variables: { search: search || null },
    requestPolicy: 'cache-and-network',
  });
  const [done, setDone] = useState<Done | null>(null);
  const people = readFragment(PersonOption, data?.handOverPeople ?? []);
  const only = !search && people.length === 1 ? people[0]?.id : undefined;
  useEffect(() => {
    if (only && !from) setFrom({ from: only });
  }, [only, from, setFrom]);

  return (
    <>
      <PageHeader title={t('handOver.title')}>{t('handOver.lead')}</PageHeader>
      {done && <DonePanel done={done} />}
      {error && !data ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : data && people.length === 0 && !search && !from ? (
        <EmptyState title={t('handOver.none')}>{t('handOver.noneText')}</EmptyState>
      ) : (
        <Panel title={t('handOver.who')} className="jy-narrow-panel">
          <Field field="fromId" label={t('handOver.from')} errors={[]}>
            {(control) => (
              <Preselected from={from} people={people}>
                {(shown) => (
                  <PersonPicker
                    control={control}
                    people={shown}
                    value={from || null}
                    busy={fetching}
                    placeholder={t('handOver.fromPlaceholder')}
                    onSearch={setText}
                    onChoose={(id) => {
                      setDone(null);
                      setFrom({ from: id ?? '' });
                    }}
                  />
                )}
              </Preselected>
            )}
          </Field>
        </Panel>
      )}
      {from && (
        <HandOverForm
          key={from}
          from={from}
          onDone={(result) => {
            setDone(result);
            setFrom({ from: '' });
          }}
        />
      )}
    </>
  );
}

type Person = ResultOf<typeof PersonOption>;
/** The chosen one is named even when the search does not find him, as when the page was opened by a link. */
function Preselected({
  from,
  people,
  children,
}: {
  from: string;
  people: readonly Person[];
  children: (shown: readonly Person[]) => React.ReactNode;
}) {
  const [{ data }] = useQuery({ query: HandOverPreviewQuery, variables: { fromId: from, search: null }, pause: !from });
  const chosen = readFragment(PersonOption, data?.handOverPreview?.from ?? null);
  const missing = chosen && from === chosen.id && !people.some(({ id }) => id === chosen.id);
  return <>{children(missing ? [chosen, ...people] : people)}</>;
}

function HandOverForm({ from, onDone }: { from: string; onDone: (done: Done) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), REST_MILLISECONDS);
  const [{ data, error, fetching }, ask] = useQuery({
    query: HandOverPreviewQuery,
    variables: { fromId: from, search: search || null },
    requestPolicy: 'cache-and-network',
  });
  const { send, busy } = useOutcome(HandOverMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [to, setTo] = useState<Person | null>(null);
  const [reason, setReason] = useState('');
  const [leaves, setLeaves] = useState(false);
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={4} />
    );
  const preview = data.handOverPreview;
  if (!preview) return <EmptyState title={t('handOver.unknown')}>{t('handOver.unknownText')}</EmptyState>;
  const found = readFragment(PersonOption, preview.successors);
  const successors = to && !found.some(({ id }) => id === to.id) ? [to, ...found] : found;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong: FormError[] = [];
    if (!to) wrong.push({ field: 'toId', message: t('handOver.toMissing') });
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('handOver.reasonMissing') });
    if (wrong.length > 0 || !to) return refuse(wrong);
    const { data: sent, errors: refused } = await send({ fromId: from, toId: to.id, reason: reason.trim(), leaves });
    if (!sent) return refuse(refused);
    const name = readFragment(PersonOption, preview.from).displayName;
    onDone({ from: name, to: to.displayName, moved: sent.outcome.moved, left: leaves });
  };

  return (
    <Panel title={t('handOver.what')} className="jy-narrow-panel">
      <CountList counts={preview.parts} />
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field field="toId" label={t('handOver.to')} hint={t('handOver.toHint')} errors={errors}>
          {(control) => (
            <PersonPicker
              control={control}
              people={successors}
              value={to?.id ?? null}
              busy={fetching}
              placeholder={t('handOver.toPlaceholder')}
              onSearch={setText}
              onChoose={(id) => {
                setTo(successors.find((person) => person.id === id) ?? null);
                changed('toId');
              }}
            />
          )}
        </Field>
        <Field field="reason" label={t('handOver.reason')} errors={errors}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={2}
              maxLength={REASON_LONGEST}
              showCount
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
                changed('reason');
              }}
            />
          )}
        </Field>
        {preview.mayDisable && (
          <p>
            <Checkbox checked={leaves} onChange={(event) => setLeaves(event.target.checked)}>
              {t('handOver.leaves')}
            </Checkbox>
          </p>
        )}
        <Button type="primary" danger={leaves} htmlType="submit" loading={busy}>
          {leaves ? t('handOver.doAndDisable') : t('handOver.do')}
        </Button>
      </form>
    </Panel>
  );
}

function CountList({ counts }: { counts: Counts }) {
  return (
    <ul className="jy-plain-list">
      {counts.map((part) => (
        <li key={part.key}>
          <span>{part.name}</span>
          <strong className="jy-number">{part.count}</strong>
        </li>
      ))}
    </ul>
  );
}

function DonePanel({ done }: { done: Done }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <Panel title={t('handOver.done', { from: done.from, to: done.to })} className="jy-narrow-panel">
        <CountList counts={done.moved} />
        {done.left && <p>{t('handOver.disabled', { name: done.from })}</p>}
      </Panel>
    </div>
  );
}
