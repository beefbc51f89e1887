import type { CryptoProvider } from '../platform/crypto/crypto-provider.js';
import type { ClosedVerification } from './closed-verification.service.js';

/**
 * `jiyun accounting verify`: computes every closed month's hash again from its lines; changes nothing.
 * @returns the process's exit code: 0 = whole; 1 = findings.
 */
export async function verifyClosedCommand(
  verification: ClosedVerification,
  crypto: CryptoProvider,
  print: (line: string) => void,
): Promise<number> {
  let [documents, found] = [0, 0];
  for await (const { document, findings } of verification.all()) {
    documents += 1;
    found += findings.length;
    const { book, hash, kind, lines, ofMonth, round } = document;
    print(
      `${kind} ${book} ${ofMonth} round ${round}: ${lines} lines, SM3 ${hash}${findings.length > 0 ? '' : ', whole'}`,
    );
    for (const finding of findings)
      print(
        `FINDING ${finding.kind} ${finding.departmentId === null ? '' : `of department ${finding.departmentId} `}in ${finding.documentId}`,
      );
  }
  print(`${documents} closed documents; ${found} findings.`);
  if (!crypto.certified) print(`Cryptography: ${crypto.name}, not a certified module.`);
  return found === 0 ? 0 : 1;
}
