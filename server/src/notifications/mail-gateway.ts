import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Attempt } from './domain/delivery-state.js';
import type { Endpoint, Gateway, Message } from './domain/ports.js';
import { reasonOf } from './http-gateway.js';

const TIME_LIMIT_MS = 10_000;
const SUBJECT = '集云通知 Jiyun';

/** Sends the text of the message by SMTP, in both languages, as plain text: no picture, no link that tells who read it. */
@Injectable()
export class MailGateway implements Gateway {
  async send({ deliveryId, recipient, body }: Message, { url, sender, secret }: Endpoint): Promise<Attempt> {
    const { hostname, port, username, protocol } = new URL(url);
    const secure = protocol === 'smtps:';
    const transport = createTransport({
      host: hostname,
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      connectionTimeout: TIME_LIMIT_MS,
      greetingTimeout: TIME_LIMIT_MS,
      socketTimeout: TIME_LIMIT_MS,
      // Nothing in a message names a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(username ? { auth: { user: decodeURIComponent(username), pass: secret } } : {}),
    });
    const { text } = JSON.parse(body) as { text: { zh: string; en: string } };
    try {
      await transport.sendMail({
        from: sender ?? undefined,
        to: recipient,
        subject: SUBJECT,
        text: `${text.zh}\n\n${text.en}\n`,
        messageId: `<${deliveryId}@jiyun>`,
      });
      return { ok: true };
    } catch (error) {
      // SMTP: 5xx is final, 4xx and a broken line are not.
      const status = (error as { responseCode?: number }).responseCode ?? 0;
      return { ok: false, permanent: status >= 500, error: reasonOf(error) };
    } finally {
      transport.close();
    }
  }
}
