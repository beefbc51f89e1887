import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { submitsByKey } from '../../../lib/submits-by-key';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import type { RequestRow } from '../request-list.gql';
import { ApproveRequestsMutation } from '../requests.gql';
import { seatWords } from '../step-word';

/** The API's own limit of an opinion. */
const OPINION_LONGEST = 500;

type Row = Pick<ResultOf<typeof RequestRow>, 'id' | 'code' | 'version' | 'monthlyCost' | 'system'>;
type SignedAs = ResultOf<typeof ApproveRequestsMutation>['outcome']['results'][number]['signedAs'];
type Answers = ReadonlyMap<string, { readonly messages: readonly string[]; readonly signedAs: SignedAs }>;

/** Several at once, each of which stands alone: what was approved and what was not, and why, is said row by row. */
export function BatchDialog({ rows, onClose }: { rows: readonly Row[]; onClose: () => void }) {
  const { t } = useTranslation();
  // The list behind renews itself once they are approved; what was chosen stays to be read.
  const [chosen] = useState(rows);
  const [opinion, setOpinion] = useState<string>(t('request.opinionAgreed'));
  const [answers, setAnswers] = useState<Answers | null>(null);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { send, busy } = useOutcome(ApproveRequestsMutation);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!opinion.trim()) return refuse([{ field: 'opinion', message: t('request.opinionMissing') }]);
    const items = chosen.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { data, errors: refused } = await send({ items, opinion: opinion.trim() });
    if (!data) return refuse(refused);
    setAnswers(
      new Map(
        data.outcome.results.map(({ requestId, errors: of, signedAs }) => [
          requestId,
          { messages: userErrorsOf(of).map(({ message }) => message), signedAs },
        ]),
      ),
    );
  };
  const done = answers ? [...answers.values()].filter(({ messages }) => messages.length === 0).length : 0;

  return (
    <Dialog title={t('chain.batchTitle', { total: chosen.length, count: chosen.length })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p role="status">{answers ? t('chain.batchDone', { done, total: chosen.length }) : t('chain.batchText')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard. */}
        <ul className="jy-batch-results" tabIndex={0} aria-label={t('chain.batchList')}>
          {chosen.map((row) => (
            <li key={row.id}>
              <span className="jy-code">{row.code}</span> {row.system.name}{' '}
              <span className="jy-quiet-text">
                <Money fen={row.monthlyCost} /> {t('request.perMonth')}
              </span>
              <Answer answer={answers?.get(row.id)} />
            </li>
          ))}
        </ul>
        {!answers && (
          <Field field="opinion" label={t('request.opinion')} errors={errors}>
            {(control) => (
              <Input.TextArea
                {...control}
                rows={3}
                onKeyDown={submitsByKey}
                maxLength={OPINION_LONGEST}
                showCount
                value={opinion}
                onChange={(event) => {
                  setOpinion(event.target.value);
                  changed('opinion');
                }}
              />
            )}
          </Field>
        )}
        <div className="jy-dialog-foot">
          <Button type={answers ? 'primary' : 'default'} onClick={onClose}>
            {t(answers ? 'common.close' : 'common.cancel')}
          </Button>
          {!answers && (
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('chain.batchPress', { total: chosen.length })}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function Answer({ answer }: { answer: ReturnType<Answers['get']> }) {
  const { t } = useTranslation();
  if (!answer) return null;
  const { messages, signedAs } = answer;
  if (messages.length === 0)
    return (
      <p>
        <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('chain.batchApproved')} />
        {signedAs?.hadChoice && (
          <span className="jy-quiet-text"> {t('chain.batchSeat', { seat: seatWords(signedAs, t) })}</span>
        )}
      </p>
    );
  return (
    <p>
      <StateTag look={{ tone: 'bad', icon: CloseCircleOutlined }} word={messages.join(' ')} />
    </p>
  );
}
