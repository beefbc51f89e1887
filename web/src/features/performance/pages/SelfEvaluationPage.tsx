import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { dayBefore } from '../../../lib/time';
import { type Fact, Facts } from '../../../ui/Facts';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { selfEvaluationLooks } from '../self-evaluation-looks';
import { HandInSelfEvaluationMutation, SelfEvaluationParts, SelfEvaluationQuery } from '../usage.gql';

type Task = ResultOf<typeof SelfEvaluationParts>;
const STATEMENT_LONGEST = 2_000;

/** 自评价 of one system: what was aimed at, what the records say, and what the department concludes. */
export function SelfEvaluationPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { id = '' } = useParams();
  const [handing, setHanding] = useState(false);
  const [{ data, error }, ask] = useQuery({
    query: SelfEvaluationQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const list = <Link to={routes.selfEvaluations()}>{t('selfEvaluation.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const task = readFragment(SelfEvaluationParts, data.selfEvaluation);
  const facts: Fact[] = [
    { label: t('performance.kind.SYSTEM'), value: <Link to={routes.system(task.systemId)}>{task.systemName}</Link> },
    { label: t('performance.department'), value: task.departmentName },
    { label: t('selfEvaluation.liveSince'), value: <span className="jy-number">{task.liveSince}</span> },
    {
      label: t('selfEvaluation.window'),
      value: <span className="jy-number">{`${task.dueFrom} – ${dayBefore(task.dueTo)}`}</span>,
    },
    {
      label: t('selfEvaluation.handedIn'),
      value: task.handedInAt ? (
        <>
          {task.handedInBy} <Time at={task.handedInAt} />
        </>
      ) : (
        <StateTag
          look={selfEvaluationLooks[task.overdue ? 'OVERDUE' : 'OPEN']}
          word={t(task.overdue ? 'selfEvaluation.overdue' : 'selfEvaluation.state.OPEN')}
        />
      ),
    },
    ...(task.hash
      ? [{ label: t('performance.frozen'), value: <span className="jy-code">SM3 {task.hash}</span>, wide: true }]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={task.systemName}
        back={list}
        actions={
          <>
            <Button href={task.pdfUrl}>{t('usageNotice.pdf')}</Button>
            <Button href={task.xlsxUrl}>{t('usageNotice.xlsx')}</Button>
            {may('PERFORMANCE', 'SIGN_OFF') && task.state === 'OPEN' && (
              <Button type="primary" onClick={() => setHanding(true)}>
                {t('selfEvaluation.handIn')}
              </Button>
            )}
          </>
        }
      >
        {t('selfEvaluation.title')}
      </PageHeader>
      <Panel title={t('selfEvaluation.facts')}>
        <Facts facts={facts} />
      </Panel>
      <Panel title={t('selfEvaluation.rows')}>
        <Rows task={task} />
      </Panel>
      <Panel title={t('selfEvaluation.statement')}>
        <p className={task.statement ? undefined : 'jy-quiet-text'}>
          {task.statement ?? t('selfEvaluation.noStatement')}
        </p>
      </Panel>
      {handing && <HandInDialog task={task} onClose={() => setHanding(false)} />}
    </>
  );
}

function Rows({ task }: { task: Task }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('selfEvaluation.rows')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('performance.indicatorLabel')}</th>
            <th scope="col" className="jy-cell-number">
              {t('selfEvaluation.target')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('selfEvaluation.actual')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('selfEvaluation.gap')}
            </th>
            <th scope="col">{t('selfEvaluation.source')}</th>
          </tr>
        </thead>
        <tbody>
          {task.rows.map((row) => (
            <tr key={row.indicator}>
              <th scope="row">{row.title}</th>
              <td className="jy-cell-number">{row.target}</td>
              <td className="jy-cell-number">{row.actual}</td>
              <td className="jy-cell-number">{row.gap}</td>
              <td className="jy-quiet-text">{row.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function HandInDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [statement, setStatement] = useState('');
  const { send, busy } = useOutcome(HandInSelfEvaluationMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: task.id, expectedVersion: task.version, statement: statement.trim() });
    if (!data) return form.refuse(errors);
    notice(t('selfEvaluation.handedInNotice', { name: task.systemName }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t('selfEvaluation.handIn')} ${task.systemName}`}
      submit={t('selfEvaluation.handIn')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('selfEvaluation.handInText')}</p>
      <Field field="statement" label={t('selfEvaluation.statement')} errors={form.errors}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoFocus
            rows={6}
            maxLength={STATEMENT_LONGEST}
            value={statement}
            onChange={(event) => {
              setStatement(event.target.value);
              form.changed('statement');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
