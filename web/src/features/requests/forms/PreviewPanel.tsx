import { CheckCircleOutlined, CloseCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { userErrorsOf } from '../../../graphql/user-errors';
import { count } from '../../../lib/quantity';
import { errorsOfPayload } from '../../../ui/forms/form-errors';
import { GateVerdicts } from '../../../ui/gates/GateVerdicts';
import { RemedyLink } from '../../../ui/gates/RemedyLink';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { QuotaFits } from '../../../ui/quota/QuotaFits';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { BudgetFitLine } from '../components/BudgetFitLine';
import { CheckList } from '../components/CheckList';
import { missingForPreview } from './missing-for-preview';
import type { RequestDraft } from './request-draft';
import { type Suggestion, SuggestionList } from './SuggestionList';
import type { Preview, PreviewState } from './use-preview';

type Props = {
  draft: RequestDraft;
  state: PreviewState;
  /** Takes one suggestion into the line of the form with this number. */
  onTake: (number: number, suggestion: Suggestion) => void;
};

/** 边填边算: what it costs and whether it fits today, and by which checks, while the form is being written. */
export function PreviewPanel({ draft, state, onTake }: Props) {
  const { t } = useTranslation();
  const { preview, busy, failure } = state;
  const missing = missingForPreview(draft);
  return (
    <Panel
      title={t('preview.title')}
      className={preview && missing.length === 0 ? 'jy-preview jy-preview-ready' : 'jy-preview'}
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
          <Summary preview={preview} />
        ) : (
          <p className="jy-quiet-text">
            <LoadingOutlined aria-hidden /> {t('preview.busy')}
          </p>
        )}
      </div>
      {preview && missing.length === 0 && (
        <ol className="jy-preview-lines">
          {preview.result.lines.map((line) => (
            <PreviewLine
              key={line.index}
              line={line}
              name={draft.lines[preview.lineNumbers[line.index] ?? -1]?.name ?? ''}
              number={(preview.lineNumbers[line.index] ?? line.index) + 1}
              suggestions={preview.result.suggestions.filter(({ lineIndex }) => lineIndex === line.index)}
              onTake={(suggestion) => onTake(preview.lineNumbers[line.index] ?? line.index, suggestion)}
            />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Summary({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const { result } = preview;
  // What a gate refuses stands in its own list.
  const errors = errorsOfPayload(userErrorsOf(result.errors).filter(({ __typename }) => __typename !== 'GateClosed'));
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
      </dl>
      <Verdict feasible={result.feasible} placed={result.lines.every((line) => line.feasible)} />
      <GateVerdicts verdicts={result.gates} />
      <QuotaFits quotas={result.quotas} />
      {result.budget && <BudgetFitLine budget={result.budget} />}
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
  no: { tone: 'bad', icon: CloseCircleOutlined },
} as const;

/** What finds its place and may not go on yet says so: a gate is closed, or quota or budget is short. */
function Verdict({ feasible, placed = false }: { feasible: boolean; placed?: boolean }) {
  const { t } = useTranslation();
  const no = placed ? 'gates.notYet' : 'preview.infeasible';
  return <StateTag look={feasible ? looks.yes : looks.no} word={t(feasible ? 'preview.feasible' : no)} />;
}

type LineProps = {
  line: Preview['result']['lines'][number];
  name: string;
  number: number;
  suggestions: readonly Suggestion[];
  onTake: (suggestion: Suggestion) => void;
};

/** A line that fits says where; its checks fold away. One that does not fit shows them, the failed first. */
function PreviewLine({ line, name, number, suggestions, onTake }: LineProps) {
  const { t } = useTranslation();
  const checks = [...line.checks].sort((one, other) => Number(one.passed) - Number(other.passed));
  return (
    <li>
      <div className="jy-line-head">
        <span className="jy-strong">{t('preview.line', { number, name })}</span>
        <span className="jy-line-cost">
          <Money fen={line.monthlyCost} />
        </span>
      </div>
      <Verdict feasible={line.feasible} />
      {line.placements.map((placement) => (
        <p key={placement.pool.id} className="jy-line-place">
          {placement.pool.center && <CenterMark role={placement.pool.center.role} name={placement.pool.center.name} />}
          <span className="jy-code">
            {placement.pool.code} × {count(placement.count)}
          </span>
        </p>
      ))}
      <SuggestionList suggestions={suggestions} onTake={onTake} />
      {checks.length > 0 && (
        <details key={String(line.feasible)} open={!line.feasible}>
          <summary>
            {t('preview.checks', { passed: checks.filter((check) => check.passed).length, total: checks.length })}
          </summary>
          <CheckList checks={checks} />
        </details>
      )}
    </li>
  );
}
