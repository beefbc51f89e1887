import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { count } from '../../../lib/quantity';
import { useOwnPaging } from '../../../lib/use-key-paging';
import { errorsOfPayload } from '../../../ui/forms/form-errors';
import { GateVerdicts } from '../../../ui/gates/GateVerdicts';
import { RemedyLink } from '../../../ui/gates/RemedyLink';
import { KeyPages } from '../../../ui/KeyPages';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { BudgetFitLine } from '../components/BudgetFitLine';
import { ManyLinesPreviewQuery } from '../request-form.gql';
import { Verdict } from './PreviewPanel';
import { QuotaUse } from './QuotaUse';

/** Of a thousand lines a thousand may be refused: so many are read at once. */
const PAGE = 20;

type Input = VariablesOf<typeof ManyLinesPreviewQuery>['input'];
type Preview = ResultOf<typeof ManyLinesPreviewQuery>['previewRequest'];

/** Of which line, where it is of one: "content.lines.12.vm.offerId" → 13. */
const lineOf = (path: readonly string[]): number | null => {
  const at = path.indexOf('lines');
  const number = Number(path[at + 1]);
  return at >= 0 && Number.isInteger(number) ? number + 1 : null;
};

type Props = {
  /** null = what is missing in the form does not allow it yet. */
  input: Input | null;
  /** Asked anew when it changes: the version of the draft. */
  of: string;
  onPreview?: (preview: Preview) => void;
};

/** What many lines cost, and whether they fit today; what stands in the way comes by pages. */
export function ManyLinesPreview({ input, of, onPreview }: Props) {
  const { t } = useTranslation();
  const paging = useOwnPaging(of);
  const [{ data, error, fetching }, ask] = useQuery({
    query: ManyLinesPreviewQuery,
    variables: { input: input ?? { content: null, requestId: null }, first: PAGE, after: paging.after },
    pause: input === null,
    requestPolicy: 'network-only',
  });
  const [asked, setAsked] = useState(of);
  useEffect(() => {
    if (asked === of) return;
    setAsked(of);
    ask({ requestPolicy: 'network-only' });
  }, [asked, of, ask]);
  const preview = input ? data?.previewRequest : undefined;
  useEffect(() => {
    if (preview) onPreview?.(preview);
  }, [preview, onPreview]);
  return (
    <Panel
      title={t('preview.title')}
      className="jy-preview jy-preview-ready"
      aside={<span className="jy-quiet-text">{fetching ? t('preview.busy') : ''}</span>}
    >
      <div aria-live="polite" aria-busy={fetching}>
        {preview ? (
          <>
            <dl className="jy-cost">
              <div>
                <dt>{t('preview.monthly')}</dt>
                <dd>
                  <Money fen={preview.monthlyCost} />
                </dd>
              </div>
              <div>
                <dt>{t('preview.yearly')}</dt>
                <dd>
                  <Money fen={preview.yearlyCost} />
                </dd>
              </div>
            </dl>
            <Verdict feasible={preview.feasible} />
            <GateVerdicts verdicts={preview.gates} />
          </>
        ) : error ? (
          <>
            <p>{wordsOf(error, t('failure.offline'))}</p>
            <Button onClick={() => ask({ requestPolicy: 'network-only' })}>{t('common.retry')}</Button>
          </>
        ) : (
          <p className="jy-quiet-text">{t(input ? 'preview.busy' : 'preview.missing')}</p>
        )}
      </div>
      {preview && (
        <>
          <QuotaUse quotas={preview.quotas} />
          {preview.budget && (
            <section className="jy-preview-part" aria-label={t('previewMore.budget')}>
              <h3>{t('previewMore.budget')}</h3>
              <BudgetFitLine budget={preview.budget} />
            </section>
          )}
          <Refusals page={preview.refusals} paging={paging} />
        </>
      )}
    </Panel>
  );
}

function Refusals({ page, paging }: { page: Preview['refusals']; paging: ReturnType<typeof useOwnPaging> }) {
  const { t } = useTranslation();
  if (page.totalCount === 0) return null;
  const errors = userErrorsOf(page.nodes);
  const told = errorsOfPayload(errors);
  return (
    <section className="jy-preview-part" aria-label={t('manyLines.refusals')}>
      <h3>
        {t('manyLines.refusals')} <span className="jy-number">{count(page.totalCount)}</span>
      </h3>
      <ul className="jy-missing">
        {told.map(({ field, message, remedy }, at) => {
          const line = lineOf(errors[at]?.path ?? []);
          return (
            <li key={`${field} ${message}`}>
              {line !== null && <span className="jy-quiet-text">{t('requestForm.line', { line })} </span>}
              {message}
              {remedy && <RemedyLink remedy={remedy} />}
            </li>
          );
        })}
      </ul>
      <KeyPages label={t('manyLines.refusals')} page={page} shown={errors.length} paging={paging} />
    </section>
  );
}

function wordsOf(error: Parameters<typeof failureOf>[0], offline: string): string {
  const failure = failureOf(error);
  return 'message' in failure ? failure.message : offline;
}
