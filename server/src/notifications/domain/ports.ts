/** Decides nothing: what sending asks of a gateway. */
import type { Attempt } from './delivery-state.js';

export interface Message {
  /** The same for every try of one message, so that a gateway can tell a repetition. */
  readonly deliveryId: string;
  readonly recipient: string;
  /** JSON text, as it is signed. */
  readonly body: string;
}

export interface Endpoint {
  readonly url: string;
  readonly sender: string | null;
  readonly secret: string;
}

/** One way of sending; an answer within the time limit, never a throw. */
export interface Gateway {
  send(message: Message, endpoint: Endpoint): Promise<Attempt>;
}
