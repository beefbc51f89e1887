/** The part of sm-crypto that we use; the package brings no types. */
declare module 'sm-crypto' {
  interface Sm2Options {
    readonly hash: boolean;
    readonly der: boolean;
    readonly userId: string;
  }
  const smCrypto: {
    readonly sm2: {
      doSignature(message: number[], privateKey: string, options: Sm2Options): string;
      doVerifySignature(message: number[], signature: string, publicKey: string, options: Sm2Options): boolean;
    };
  };
  export default smCrypto;
}
