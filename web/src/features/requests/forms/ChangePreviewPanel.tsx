import { useTranslation } from 'react-i18next';
import { userErrorsOf } from '../../../graphql/user-errors';
import { errorsOfPayload } from '../../../ui/forms/form-errors';
import { GateVerdicts } from '../../../ui/gates/GateVerdicts';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { BudgetFitLine } from '../components/BudgetFitLine';
import { CheckList } from '../components/CheckList';
import { CenterFits } from './CenterFits';
import { ErrorText } from './ErrorText';
import { Verdict } from './PreviewPanel';
import { QuotaUse } from './QuotaUse';
import type { ChangePreviewState } from './use-preview-change';

/** Told where they belong: at the line, at the quota, at the gates. */
const TOLD_ELSEWHERE = new Set(['CapacityShortage', 'QuotaShortage', 'GateClosed']);

type Props = { state: ChangePreviewState; nothing: boolean; names: readonly string[] };

/** 边改边算: how much more or less it costs, what it takes of quotas, and whether the pools have room for the growth. */
export function ChangePreviewPanel({ state: { preview, busy, failure }, nothing, names }: Props) {
  const { t } = useTranslation();
  const ready = preview !== null && !nothing;
  return (
    <Panel
      title={t('change.preview')}
      className={ready ? 'jy-preview jy-preview-ready' : 'jy-preview'}
      aside={<span className="jy-quiet-text">{busy && preview ? t('preview.busy') : ''}</span>}
    >
      <div aria-live="polite" aria-busy={busy}>
        {nothing ? (
          <p className="jy-quiet-text">{t('change.nothingYet')}</p>
        ) : failure ? (
          <p>{'message' in failure ? failure.message : t('failure.offline')}</p>
        ) : preview ? (
          <>
            <dl className="jy-cost">
              <div>
                <dt>{t('change.monthlyDelta')}</dt>
                <dd>
                  <Money fen={preview.result.monthlyCost} />
                </dd>
              </div>
              <div>
                <dt>{t('change.yearlyDelta')}</dt>
                <dd>
                  <Money fen={preview.result.yearlyCost} />
                </dd>
              </div>
            </dl>
            <Verdict
              feasible={preview.result.feasible}
              placed={preview.result.lines.length > 0 && preview.result.lines.every((line) => line.feasible)}
            />
            <GateVerdicts verdicts={preview.result.gates} />
            <ErrorText
              errors={errorsOfPayload(
                userErrorsOf(preview.result.errors).filter(({ __typename }) => !TOLD_ELSEWHERE.has(__typename)),
              )}
            />
          </>
        ) : (
          <p className="jy-quiet-text">{t('preview.busy')}</p>
        )}
      </div>
      {ready && (
        <>
          <CenterFits lines={preview.result.lines} />
          <QuotaUse quotas={preview.result.quotas} />
          {preview.result.budget && (
            <section className="jy-preview-part" aria-label={t('previewMore.budget')}>
              <h3>{t('previewMore.budget')}</h3>
              <BudgetFitLine budget={preview.result.budget} />
            </section>
          )}
          {preview.result.lines.map((line) => (
            <details key={line.index} className="jy-preview-part">
              <summary>{t('change.whyOf', { name: names[line.index] ?? '' })}</summary>
              <CheckList checks={line.checks} />
            </details>
          ))}
        </>
      )}
    </Panel>
  );
}
