import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

type Check = { criterion: string; text: string; passed: boolean; figures: string | null };

/** The criteria of placement, each with its figures. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation();
  return (
    <ul className="jy-checks">
      {checks.map((check, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shares of one line pass the same criteria, in a fixed order.
        <li key={`${check.criterion} ${at}`} data-passed={check.passed}>
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
