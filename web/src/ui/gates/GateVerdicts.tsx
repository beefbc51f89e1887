import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../graphql/tada';
import { GateVerdictFields } from './gates.gql';
import { RemedyLink } from './RemedyLink';

type Verdict = ResultOf<typeof GateVerdictFields>;
type Look = 'refused' | 'warned' | 'passed';
const icons = { refused: CloseCircleOutlined, warned: ExclamationCircleOutlined, passed: CheckCircleOutlined };

const lookOf = ({ passed, severity }: Verdict): Look => {
  if (passed) return 'passed';
  return severity === 'REFUSE' ? 'refused' : 'warned';
};

/** What keeps a request from the center and what it is warned of, each with the way to put it right; what passed folds away. */
export function GateVerdicts({ verdicts: masked }: { verdicts: readonly FragmentOf<typeof GateVerdictFields>[] }) {
  const { t } = useTranslation();
  const verdicts = readFragment(GateVerdictFields, masked);
  if (verdicts.length === 0) return null;
  const of = (look: Look) => verdicts.filter((verdict) => lookOf(verdict) === look);
  const open = [...of('refused'), ...of('warned')];
  const passed = of('passed');
  return (
    <div className="jy-gates">
      {open.length > 0 && (
        <ul className="jy-checks">
          {open.map((verdict) => (
            <OpenGate key={verdict.key} verdict={verdict} />
          ))}
        </ul>
      )}
      <details>
        <summary>{t('gates.passed', { passed: passed.length, total: verdicts.length })}</summary>
        <ul className="jy-checks">
          {passed.map(({ key, title, figures }) => (
            <li key={key} data-passed>
              <CheckCircleOutlined aria-hidden />
              <span>
                <span className="jy-sr-only">{t('preview.passed')}</span>
                {title}
                {figures && <span className="jy-quiet-text"> {figures}</span>}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function OpenGate({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const look = lookOf(verdict);
  const Icon = icons[look];
  return (
    <li data-look={look}>
      <Icon aria-hidden />
      <span>
        <span className="jy-strong">{t(look === 'refused' ? 'gates.refused' : 'gates.warned')}</span> {verdict.title}
        <span className="jy-gate-text">
          {verdict.text}
          {verdict.figures && <span className="jy-quiet-text"> {verdict.figures}</span>}
        </span>
        <RemedyLink remedy={verdict} />
      </span>
    </li>
  );
}
