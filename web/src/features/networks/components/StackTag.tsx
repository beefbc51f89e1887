import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { NetworkStack } from '../../../graphql/enums';
import { StateTag } from '../../../ui/StateTag';

/** Dual-stack is the rule, so it is quiet; one family only stands out, with the reason on hover. */
export function StackTag({ stack, reason }: { stack: NetworkStack; reason: string | null }) {
  const { t } = useTranslation();
  const dual = stack === 'DUAL';
  return (
    <span title={reason ?? undefined}>
      <StateTag
        look={dual ? { tone: 'quiet', icon: CheckCircleOutlined } : { tone: 'waiting', icon: WarningOutlined }}
        word={t(`network.stack.${stack}`)}
      />
    </span>
  );
}
