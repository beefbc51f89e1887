import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';

export interface Heard {
  readonly body: string;
  readonly headers: Record<string, string | string[] | undefined>;
}

/** An HTTP gateway of a test: answers what `status` says, and keeps what it was sent. */
export async function openHttpSink(status: (heard: Heard, count: number) => number) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = { body: Buffer.concat(parts).toString(), headers: request.headers };
      heard.push(one);
      const code = status(one, heard.length);
      response.writeHead(code, code === 302 ? { location: '/elsewhere' } : {}).end('x'.repeat(100_000));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    heard,
    url: `http://127.0.0.1:${port}/hook`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As much of SMTP as one plain message needs; `answer` is what the server says to a recipient. */
export async function openSmtpSink(answer: (recipient: string) => string) {
  const messages: string[] = [];
  const server = createTcpServer((socket) => {
    let [inData, text] = [false, ''];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 test');
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      text += bytes.toString();
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const end_ = inData ? text.indexOf('\r\n.\r\n') : end;
        if (end_ < 0) return;
        const line = text.slice(0, end_);
        text = text.slice(end_ + (inData ? 5 : 2));
        if (inData) {
          messages.push(line);
          inData = false;
          say('250 taken');
        } else if (/^EHLO|^HELO/i.test(line)) say('250 test');
        else if (/^RCPT TO/i.test(line)) say(answer(line));
        else if (/^DATA/i.test(line)) {
          inData = true;
          say('354 go on');
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    messages,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
