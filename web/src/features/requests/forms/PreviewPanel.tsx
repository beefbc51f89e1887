import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { userErrorsOf } from '../../../graphql/user-errors';
import { errorsOfPayload } from '../../../ui/forms/form-errors';
import { GateVerdicts } from '../../../ui/gates/GateVerdicts';
import { RemedyLink } from '../../../ui/gates/RemedyLink';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { BudgetFitLine } from '../components/BudgetFitLine';
import { CenterFits } from './CenterFits';
import type { Choices } from './line-draft';
import { missingForPreview } from './missing-for-preview';
import { PreviewLines } from './PreviewLines';
import { QuotaUse } from './QuotaUse';
import type { RequestDraft } from './request-draft';
import type { Suggestion } from './SuggestionList';
import type { Preview, PreviewState } from './use-preview';

type Props = {
  draft: RequestDraft;
  choices: Choices;
  state: PreviewState;
  /** Takes one suggestion into the line of the form with this number. */
  onTake: (number: number, suggestion: Suggestion) => void;
};

/** Told where they belong: at the line, at the quota, at the budget. */
const TOLD_ELSEWHERE = new Set([
  'CapacityShortage',
  'SpaceShortage',
  'AddressShortage',
  'QuotaShortage',
  // What a gate refuses stands in its own list.
  'GateClosed',
]);

/** 边填边算: what it costs and whether it fits today, and by which checks, while the form is being written. */
export function PreviewPanel({ draft, choices, state, onTake }: Props) {
  const { t } = useTranslation();
  const { preview, busy, failure } = state;
  const missing = missingForPreview(draft, choices);
  const ready = preview !== null && missing.length === 0;
  return (
    <Panel
      title={t('preview.title')}
      className={ready ? 'jy-preview jy-preview-ready' : 'jy-preview'}
      aside={<span className="jy-quiet-text">{busy && preview ? t('preview.busy') : ''}</span>}
    >
      <div aria-live="polite" aria-busy={busy}>
        {missing.length > 0 ? (
          <>
            <p>{t('preview.missing')}</p>
            <ul className="jy-missing">
              {missing.map((part) => (
                <li key={part}>{t(`preview.part.${part}`)}</li>
              ))}
            </ul>
          </>
        ) : failure ? (
          <p>{'message' in failure ? failure.message : t('failure.offline')}</p>
        ) : preview ? (
          <Summary preview={preview} draft={draft} />
        ) : (
          <p className="jy-quiet-text">
            <LoadingOutlined aria-hidden /> {t('preview.busy')}
          </p>
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
          <PreviewLines preview={preview} draft={draft} onTake={onTake} />
        </>
      )}
    </Panel>
  );
}

function Summary({ preview: { lineNumbers, result }, draft }: { preview: Preview; draft: RequestDraft }) {
  const { t } = useTranslation();
  const halfFilled = draft.lines.flatMap((_, at) => (lineNumbers.includes(at) ? [] : [at + 1]));
  // What one of a line's own checks says stands at that line.
  const failed = result.lines.flatMap(({ checks }) => checks.filter(({ passed }) => !passed));
  const errors = errorsOfPayload(
    userErrorsOf(result.errors).filter(
      ({ __typename, message }) =>
        !TOLD_ELSEWHERE.has(__typename) && !failed.some(({ text }) => message.includes(text)),
    ),
  );
  return (
    <>
      <dl className="jy-cost">
        <div>
          <dt>{t('preview.monthly')}</dt>
          <dd>
            <Money fen={result.monthlyCost} />
          </dd>
        </div>
        <div>
          <dt>{t('preview.yearly')}</dt>
          <dd>
            <Money fen={result.yearlyCost} />
          </dd>
        </div>
        {result.addresses && result.addresses.monthlyCost !== '0' && (
          <div>
            <dt>{t('previewMore.addresses', { n: result.addresses.count })}</dt>
            <dd>
              <Money fen={result.addresses.monthlyCost} />
            </dd>
          </div>
        )}
      </dl>
      <Verdict
        feasible={result.feasible}
        placed={result.lines.every((line) => line.feasible)}
        owed={result.lines.some(({ shares }) => shares.some((share) => share.owed))}
      />
      {halfFilled.length > 0 && (
        <p className="jy-hint">{t('previewMore.notCounted', { lines: halfFilled.join(t('common.comma')) })}</p>
      )}
      <GateVerdicts verdicts={result.gates} />
      {errors.length > 0 && (
        <ul className="jy-missing">
          {errors.map((error) => (
            <li key={`${error.field} ${error.message}`}>
              {error.message}
              {error.remedy && <RemedyLink remedy={error.remedy} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const looks = {
  yes: { tone: 'good', icon: CheckCircleOutlined },
  owed: { tone: 'waiting', icon: ClockCircleOutlined },
  no: { tone: 'bad', icon: CloseCircleOutlined },
} as const;

type VerdictProps = { feasible: boolean; placed?: boolean; owed?: boolean };

/**
 * What finds its place and may not go on yet says so: a gate is closed, or quota or budget is short. What is partly owed
 * has not all of its places, and is not green.
 */
export function Verdict({ feasible, placed = false, owed = false }: VerdictProps) {
  const { t } = useTranslation();
  const no = placed ? 'gates.notYet' : 'preview.infeasible';
  if (feasible && owed) return <StateTag look={looks.owed} word={t('preview.partlyOwed')} />;
  return <StateTag look={feasible ? looks.yes : looks.no} word={t(feasible ? 'preview.feasible' : no)} />;
}
