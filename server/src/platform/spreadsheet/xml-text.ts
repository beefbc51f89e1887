import sax from 'sax';
import { Unreadable } from './sheet.js';

export interface XmlListener {
  open(name: string, attributes: { readonly [name: string]: string | undefined }): void;
  close(name: string): void;
  text(text: string): void;
}

/** Attributes and names without their prefix: producers choose different ones for the same namespace. */
function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/**
 * Walks an XML text piece by piece; what is between two pieces belongs to other requests. A document type is refused:
 * spreadsheets have none, and entities are how a small text becomes a huge one.
 */
export async function walkXml(
  pieces: AsyncIterable<string>,
  listener: XmlListener,
  onPiece: (chars: number) => void = () => {},
): Promise<void> {
  const parser = sax.parser(true, { position: false });
  parser.onerror = (error) => {
    throw Unreadable.because(
      `文件已损坏（XML：${firstLine(error.message)}）`,
      `the file is damaged (XML: ${firstLine(error.message)})`,
    );
  };
  parser.ondoctype = () => {
    throw Unreadable.because('文件含有文档类型声明，已拒绝', 'the file declares a document type and is refused');
  };
  parser.onopentag = ({ name, attributes }) => listener.open(local(name), attributes as { [name: string]: string });
  parser.onclosetag = (name) => listener.close(local(name));
  parser.ontext = (text) => listener.text(text);
  parser.oncdata = (text) => listener.text(text);
  for await (const piece of pieces) {
    parser.write(piece);
    onPiece(piece.length);
  }
  parser.close();
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
