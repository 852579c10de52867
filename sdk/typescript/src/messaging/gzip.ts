/** The content as it goes over the wire: packed when that makes it shorter. */
export async function pack(content: Uint8Array, fromBytes: number): Promise<{ bytes: Uint8Array; encoding: 'identity' | 'gzip' }> {
  if (content.length <= fromBytes || typeof CompressionStream === 'undefined') return { bytes: content, encoding: 'identity' };
  const packed = await drain(new Blob([content as BlobPart]).stream().pipeThrough(new CompressionStream('gzip')));
  return packed.length < content.length ? { bytes: packed, encoding: 'gzip' } : { bytes: content, encoding: 'identity' };
}

async function drain(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream).arrayBuffer());
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
