import type { StreamedBody } from '../transport/http-message.js';

const HUGE_BYTES = 64 * 1024 * 1024;

/** 64 MiB of a JSON document, in blocks of about 64 KiB that share the same memory. */
export const hugeBody: StreamedBody = {
  async *bytes() {
    const block = Buffer.from('{"kty":"RSA","kid":"padding"},'.repeat(2184));
    yield Buffer.from('{"keys":[');
    for (let sent = 0; sent < HUGE_BYTES; sent += block.length) yield block;
    yield Buffer.from('{}]}');
  },
};

/** An opening brace, and then a space at a time for as long as the client stays. */
export const dripBody: StreamedBody = {
  async *bytes({ gone, pause }) {
    yield Buffer.from('{');
    for (await pause(); !gone.aborted; await pause()) yield Buffer.from(' ');
  },
};
