import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

type Check = { criterion: string; text: string; passed: boolean; figures: string | null };

/** Criteria of the placement with their figures, the failed first. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation();
  const sorted = [...checks].sort((one, other) => Number(one.passed) - Number(other.passed));
  return (
    <ul className="jy-checks">
      {sorted.map((check) => (
        <li key={`${check.criterion} ${check.text} ${check.figures}`} data-passed={check.passed}>
          {check.passed ? <CheckCircleOutlined aria-hidden /> : <CloseCircleOutlined aria-hidden />}
          <span>
            <span className="jy-sr-only">{t(check.passed ? 'preview.passed' : 'preview.failed')}</span>
            <span className="jy-code">{check.criterion}</span> {check.text}
            {check.figures && <span className="jy-quiet-text"> {check.figures}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
