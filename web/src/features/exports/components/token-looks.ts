import { CheckCircleOutlined, ClockCircleOutlined, FieldTimeOutlined, StopOutlined } from '@ant-design/icons';
import type { ExportTokenState } from '../../../graphql/enums';
import type { StateLook } from '../../../ui/StateTag';

/** What a row says: a token whose end has come is over, whatever its state was. */
export type TokenLook = ExportTokenState | 'EXPIRED';

export const tokenLooks = {
  WAITING: { tone: 'waiting', icon: ClockCircleOutlined },
  ACTIVE: { tone: 'good', icon: CheckCircleOutlined },
  REVOKED: { tone: 'quiet', icon: StopOutlined },
  EXPIRED: { tone: 'quiet', icon: FieldTimeOutlined },
} satisfies Record<TokenLook, StateLook>;

export function lookOf({ expired, state }: { expired: boolean; state: ExportTokenState }): TokenLook {
  return expired && state !== 'REVOKED' ? 'EXPIRED' : state;
}
