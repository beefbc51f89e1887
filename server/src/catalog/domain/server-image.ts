/** Decides which images of the catalog can be installed on a server, and which it gets where nobody chose one. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { HostImage } from '../../servers/domain/host-record.js';
import type { Image } from './catalog.js';

/** null = it can be installed on servers of that architecture. */
export function notForServers(image: Image, architecture: string): Bilingual | null {
  if (image.architecture !== architecture)
    return say(
      `镜像 ${image.name} 的处理器架构（${image.architecture}）与服务器（${architecture}）不同`,
      `The image ${image.name} is for ${image.architecture}, the server is ${architecture}`,
    );
  // Metal3 refuses an image without a checksum, and so does whoever answers for the machine.
  return hostImage(image) === null
    ? say(
        `镜像 ${image.name} 没有可下载地址或校验值，不能装到服务器`,
        `The image ${image.name} has no address or checksum, and cannot be installed on a server`,
      )
    : null;
}

/** As Metal3 fetches and checks it; null = it cannot. */
export function hostImage({ name, source }: Image): HostImage | null {
  if (!('http' in source)) return null;
  const { checksum, url } = source.http;
  return checksum === undefined ? null : { name, url, checksum, format: url.endsWith('.raw') ? 'raw' : 'qcow2' };
}

/** Of what is offered: those that a server of that architecture can have, by their codes. */
export function imagesForServers(images: readonly Image[], architecture: string): Image[] {
  return images
    .filter((image) => image.status === 'OFFERED' && notForServers(image, architecture) === null)
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** What was chosen, or where nobody chose the first that it can have; null = it cannot have that, or there is none. */
export function hostImageOf(
  images: readonly Image[],
  architecture: string,
  chosenId: string | null = null,
): HostImage | null {
  const [first] = imagesForServers(images, architecture).filter(({ id }) => chosenId === null || id === chosenId);
  return first ? hostImage(first) : null;
}
